import type { History } from '#lib/contract/check.ts'

/**
 * What is known already of a stretch within a history, in the buckets that it has; null where the stretch reaches
 * beyond it or is narrower than a few of its buckets.
 */
export function historyWithin(history: History, { from, to }: { from: number; to: number }): History | null {
  const { resolutionMs, buckets } = history
  const first = Math.floor(from / resolutionMs) * resolutionMs
  const end = Math.ceil(to / resolutionMs) * resolutionMs
  const isCovered = first >= Date.parse(history.from) && end <= Date.parse(history.to)
  if (!isCovered || (end - first) / resolutionMs < FEWEST_BUCKETS) return null
  return {
    ...history,
    from: new Date(first).toISOString(),
    to: new Date(end).toISOString(),
    buckets: buckets.filter(({ at }) => Date.parse(at) >= first && Date.parse(at) < end),
  }
}

/** Fewer tell nothing of the stretch's shape. */
const FEWEST_BUCKETS = 10
