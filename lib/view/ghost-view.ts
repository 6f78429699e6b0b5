import type { Bucket, History } from '#lib/contract/check.ts'
import type { TimeGrid } from './time-grid.ts'
import type { TimeWindow } from './time-window.ts'
import { rangeInWords } from './time-range.ts'

/** The period before, on this period's grid: what to compare each bucket with; null where nothing was measured. */
export type Ghost = {
  /** Which period it is: `the 6 h before`. */
  words: string
  rate: readonly (number | null)[]
  p50: readonly (number | null)[]
  p95: readonly (number | null)[]
  /** Calls, scaled to this grid's buckets where the older period is kept in wider ones. */
  count: readonly (number | null)[]
  /** Counted over the whole period before. */
  total: { ok: number; counted: number; calls: number }
}

/** The history of the period before, shifted onto the grid; wider buckets are repeated over those they cover. */
export function ghostView(
  grid: TimeGrid,
  { before, shiftMs, words }: { before: History; shiftMs: number; words: string },
): Ghost {
  const width = before.resolutionMs
  const byBegin = new Map(before.buckets.map((bucket) => [Date.parse(bucket.at), bucket]))
  const slots = grid.middles.map((middle) => {
    const at = middle - shiftMs
    return byBegin.get(Math.floor(at / width) * width) ?? null
  })
  const scale = Math.min(1, grid.resolutionMs / width)
  return {
    words,
    rate: slots.map((bucket) => bucket?.successRate ?? null),
    p50: slots.map((bucket) => bucket?.latency?.p50 ?? null),
    p95: slots.map((bucket) => bucket?.latency?.p95 ?? null),
    count: slots.map((bucket) => bucket && bucket.count * scale),
    total: totalOf(before.buckets),
  }
}

function totalOf(buckets: readonly Bucket[]): Ghost['total'] {
  const total = { ok: 0, counted: 0, calls: 0 }
  for (const { ok, count, byClass } of buckets) {
    total.ok += ok
    total.counted += ok + (byClass.provider_error ?? 0) + (byClass.credentials ?? 0)
    total.calls += count
  }
  return total
}

/** Which period a ghost shows, in words. */
export const ghostWords = (window: TimeWindow): string =>
  window.kind === 'live'
    ? `the ${rangeInWords(window.range).replace('last ', '')} before`
    : 'the same time before'
