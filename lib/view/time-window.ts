import { resolutionFor } from '#lib/contract/resolution.ts'
import { dateTimeWords, needsDay } from './format.ts'
import { DEFAULT_RANGE, parseTimeRange, rangeInWords, rangeMs, type TimeRange } from './time-range.ts'
import { clockTime, type Zone } from './zoned-time.ts'

/** The stretch of time a page shows: one that ends now and moves on, or a fixed one in the past. Epoch ms. */
export type TimeWindow = { kind: 'live'; range: TimeRange } | { kind: 'past'; from: number; to: number }

/** The narrowest and the widest fixed window, ms. */
export const NARROWEST_MS = 30_000
export const WIDEST_MS = 400 * 86_400_000

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

/** The window as the URL's query names it; nothing for the default. */
export function windowQuery(window: TimeWindow): (readonly [name: string, value: string])[] {
  if (window.kind === 'live') return window.range === DEFAULT_RANGE ? [] : [['range', window.range]]
  return [
    ['from', new Date(window.from).toISOString()],
    ['to', new Date(window.to).toISOString()],
  ]
}

/** How long the window is, ms. */
export const windowMs = (window: TimeWindow): number =>
  window.kind === 'live' ? rangeMs(window.range) : window.to - window.from

/** A live chart is asked for again this often at most and at least, ms. */
const OFTENEST_MS = 5_000
const RAREST_MS = 60_000
const REFRESHES = 4_320

/** How often the charts of a live window are asked for again, ms: a month of hours does not change every few seconds. */
export const refreshMs = (window: TimeWindow): number =>
  Math.min(RAREST_MS, Math.max(OFTENEST_MS, windowMs(window) / REFRESHES))

/** Whether the charts of a window follow what is measured, rather than a clock. */
export const followsStream = (window: TimeWindow): boolean => refreshMs(window) === OFTENEST_MS

/** The window as an export takes it: fixed, or so far back from now. */
export const exportWindow = (window: TimeWindow): { from: number; to: number } | { backMs: number } =>
  window.kind === 'live' ? { backMs: rangeMs(window.range) } : { from: window.from, to: window.to }

const FEWEST_POINTS = 30
const MOST_POINTS = 720

/** The window as sentences have it: `last 6 h`, or from when to when. */
export function windowInWords(window: TimeWindow, zone: Zone): string {
  if (window.kind === 'live') return rangeInWords(window.range)
  const { from, to } = window
  const end = needsDay(from, to) ? dateTimeWords(to, zone) : clockTime(to, zone, true)
  return `${dateTimeWords(from, zone)} to ${end}`
}

/** The window after "in": `the last 6 h`, `31 Jan 11:00:00 UTC to 12:00:00`. */
export const windowPhrase = (window: TimeWindow, zone: Zone): string =>
  window.kind === 'live' ? `the ${rangeInWords(window.range)}` : windowInWords(window, zone)

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

/** What to ask for the period before the window: as long, in the same buckets; `shiftMs` is how far it lies back. */
export function previousAsk(ask: { window: TimeWindow; intervalMs: number; now: number }): {
  from: number
  to: number
  points: number
  shiftMs: number
} {
  const { from, to, points } = historyAsk(ask)
  const lengthMs = windowMs(ask.window)
  const width = resolutionFor(lengthMs, points - 2)
  const shiftMs = Math.ceil(lengthMs / width) * width
  const end = to ?? Math.ceil(ask.now / width) * width
  return { from: from - shiftMs, to: end - shiftMs, points, shiftMs }
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
