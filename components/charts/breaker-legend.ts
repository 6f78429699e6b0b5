import type { LegendItem } from './legend.tsx'

/** What the shapes of a breaker's lane mean, for a picture of it. */
export const BREAKER_LEGEND: readonly LegendItem[] = [
  { label: 'closed', colour: 'var(--healthy)', mark: 'line' },
  { label: 'open', colour: 'var(--unhealthy)', mark: 'block' },
  { label: 'half-open', colour: 'var(--half-open)', mark: 'block' },
  { label: 'override', colour: 'var(--override)', mark: 'block' },
]
