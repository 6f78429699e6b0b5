'use client'

import dynamic from 'next/dynamic'

// Their library is large and draws nothing without a measured width: it comes after the page, into plots of fixed height.
const load = () => import('#components/charts/history-charts.tsx')
const inBrowser = { ssr: false } as const

/** The charts of the page, each filling the plot it is put in. */
export const SuccessChart = dynamic(async () => (await load()).SuccessChart, inBrowser)
export const LatencyChart = dynamic(async () => (await load()).LatencyChart, inBrowser)
export const VolumeChart = dynamic(async () => (await load()).VolumeChart, inBrowser)
