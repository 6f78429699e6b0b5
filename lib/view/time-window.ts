import { resolutionFor } from '#lib/contract/resolution.ts'
import { parseTimeRange, rangeMs, type TimeRange } from './time-range.ts'

/** The stretch of time a page shows: one that ends now and moves on, or a fixed one in the past. Epoch ms. */
export type TimeWindow = { kind: 'live'; range: TimeRange } | { kind: 'past'; from: number; to: number }

/** The narrowest fixed window, ms. */
export const NARROWEST_MS = 30_000
const WIDEST_MS = 366 * 86_400_000

/** The window that the URL names: `from` with `to` is a fixed one, else `range`; nonsense is the default range. */
export function parseTimeWindow(query: {
  range?: string | null | undefined
  from?: string | null | undefined
  to?: string | null | undefined
}): TimeWindow {
  const from = moment(query.from)
  const to = moment(query.to)
  if (from !== null && to !== null && to - from >= NARROWEST_MS && to - from <= WIDEST_MS) {
    return { kind: 'past', from, to }
  }
  return { kind: 'live', range: parseTimeRange(query.range) }
}

function moment(text: string | null | undefined): number | null {
  if (text === null || text === undefined || text === '') return null
  const at = /^\d+$/.test(text) ? Number(text) : Date.parse(text)
  return Number.isNaN(at) || Math.abs(at) > 8.64e15 ? null : at
}

/** How long the window is, ms. */
export const windowMs = (window: TimeWindow): number =>
  window.kind === 'live' ? rangeMs(window.range) : window.to - window.from

const FEWEST_POINTS = 30
const MOST_POINTS = 360

/**
 * What to ask the history for. Buckets are as fine as the screen can show, but at least two check intervals wide,
 * or a provider without traffic would be all gaps; both ends lie on bucket edges, so that none is cut.
 */
export function historyAsk(ask: { window: TimeWindow; intervalMs: number; now: number }): {
  from: number
  to: number | null
  points: number
} {
  const { window, intervalMs, now } = ask
  const lengthMs = windowMs(window)
  const wanted = Math.floor(lengthMs / Math.max(1, 2 * intervalMs))
  const points = Math.min(MOST_POINTS, Math.max(FEWEST_POINTS, wanted))
  const width = resolutionFor(lengthMs, points)
  const begin = window.kind === 'live' ? now - lengthMs : window.from
  const from = Math.floor(begin / width) * width
  // The edges that were moved outward add up to two buckets, which must not make the buckets coarser.
  if (window.kind === 'live') return { from, to: null, points: points + 2 }
  return { from, to: Math.ceil(window.to / width) * width, points: points + 2 }
}

/** The window that a drag over shares `a` to `b` (0..1) of a range selects; null when it is too narrow to mean one. */
export function draggedWindow(
  range: { from: number; to: number; resolutionMs: number },
  a: number,
  b: number,
): { from: number; to: number } | null {
  const { from, to, resolutionMs } = range
  const at = (share: number) => from + Math.min(1, Math.max(0, share)) * (to - from)
  const start = Math.floor(at(Math.min(a, b)) / resolutionMs) * resolutionMs
  const end = Math.ceil(at(Math.max(a, b)) / resolutionMs) * resolutionMs
  const isMeant = Math.abs(a - b) > 0.01 && end - start < to - from
  return isMeant && end - start >= NARROWEST_MS ? { from: start, to: end } : null
}
