import { plural } from './format.ts'
import { NARROWEST_MS, WIDEST_MS } from './time-window.ts'
import { type Zone, zoneOffsetMs } from './zoned-time.ts'

const DAY = 86_400_000

/** The two ends of a range as the form has them: wall-clock times without a zone, `2026-01-31T12:00`. */
export type RangeFormValues = { from: string; to: string }
export type RangeFormErrors = Partial<Record<keyof RangeFormValues, string>>

/** A moment as the wall clock of the zone shows it, to the minute, for a field. */
export const wallClock = (at: number, zone: Zone): string =>
  new Date(at + zoneOffsetMs(at, zone)).toISOString().slice(0, 16)

/** The moment that a wall clock of the zone shows; null when the text is no date with a time. */
export function momentOfWallClock(text: string, zone: Zone): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/.test(text)) return null
  const local = Date.parse(`${text}Z`)
  if (Number.isNaN(local)) return null
  return local - zoneOffsetMs(local - zoneOffsetMs(local, zone), zone)
}

/** The window that the form's values name, or what is wrong with each of them. */
export function readRangeForm(
  values: RangeFormValues,
  { zone, now }: { zone: Zone; now: number },
): { window: { from: number; to: number } } | { errors: RangeFormErrors } {
  const from = momentOfWallClock(values.from, zone)
  const to = momentOfWallClock(values.to, zone)
  if (from === null || to === null) {
    const wrong = 'a date and a time are needed'
    return { errors: { ...(from === null && { from: wrong }), ...(to === null && { to: wrong }) } }
  }
  const error = whatIsWrong(from, to, now)
  return error === null ? { window: { from, to } } : { errors: { from: error } }
}

function whatIsWrong(from: number, to: number, now: number): string | null {
  if (from >= now) return 'must lie in the past'
  if (to - from < NARROWEST_MS) return 'must be before the end'
  if (to - from > WIDEST_MS) return `at most ${plural(WIDEST_MS / DAY, 'day')} before the end`
  return null
}
