'use client'

export { LatencyChart } from './latency-chart.tsx'
export { SuccessChart } from './success-chart.tsx'
export { VolumeChart } from './volume-chart.tsx'
