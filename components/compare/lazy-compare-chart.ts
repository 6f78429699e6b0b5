'use client'

import dynamic from 'next/dynamic'

/** The chart, whose library comes after the page. */
export const LazyCompareChart = dynamic(
  async () => (await import('#components/charts/compare-chart.tsx')).CompareChart,
  { ssr: false },
)
