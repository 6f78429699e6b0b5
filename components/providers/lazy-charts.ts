'use client'

import dynamic from 'next/dynamic'

// Their library is large and draws nothing without a measured width: it comes after the page, into plots of fixed height.
const load = () => import('#components/charts/history-charts.tsx')

/** The charts of the page, each filling the plot it is put in. */
export const SuccessChart = dynamic(async () => (await load()).SuccessChart, { ssr: false })
export const LatencyChart = dynamic(async () => (await load()).LatencyChart, { ssr: false })
export const VolumeChart = dynamic(async () => (await load()).VolumeChart, { ssr: false })
