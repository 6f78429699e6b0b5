import { momentWords, type Zone } from './zoned-time.ts'

/** Between a number and its unit: never breaks, and is narrower than a space. */
export const THIN = '\u202f'
/** What stands where nothing was measured. */
export const NOTHING = '–'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const counts = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** A whole number with thousands separated: `1,284`. */
export const formatCount = (count: number): string => counts.format(count)

/** A share 0..1 as `61.2 %`; near 100 it is cut, not rounded, so that only a whole is ever `100 %`; null is a dash. */
export function formatPercent(rate: number | null): string {
  if (rate === null) return NOTHING
  const percent = rate * 100
  if (rate > 0.99 && rate < 1) return `${(Math.floor(percent * 100 + 1e-9) / 100).toFixed(2)}${THIN}%`
  if (rate > 0 && percent < 0.1) return `<${THIN}0.1${THIN}%`
  return `${percent.toFixed(Number.isInteger(Math.round(percent * 1e6) / 1e6) ? 0 : 1)}${THIN}%`
}

/** A share 0..1 to the nearest whole percent, `38 %`, for traffic; null is a dash. */
export function formatShare(share: number | null): string {
  if (share === null) return NOTHING
  if (share > 0 && share < 0.01) return `<${THIN}1${THIN}%`
  return `${Math.round(share * 100)}${THIN}%`
}

/** A measured time: `0.4 ms`, `412 ms`, `1.9 s`, `12 s`; null is a dash. */
export function formatMs(ms: number | null): string {
  if (ms === null) return NOTHING
  if (ms > 0 && ms < 10) return `${Number(ms.toFixed(1))}${THIN}ms`
  if (ms < 999.5) return `${Math.round(ms)}${THIN}ms`
  if (ms < 9_950) return `${(ms / SECOND).toFixed(1)}${THIN}s`
  return spanWords(ms)
}

/** A span of time in at most two units: `38 s`, `1 min 22 s`, `41 min`, `2 h 5 min`, `3 d 4 h`; below 0 is `0 s`. */
export function spanWords(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND))
  if (seconds < 60) return `${seconds}${THIN}s`
  if (ms < 10 * MINUTE) return twoUnits(seconds, 60, ['min', 's'])
  if (ms < HOUR) return `${Math.floor(seconds / 60)}${THIN}min`
  if (ms < DAY) return twoUnits(Math.floor(seconds / 60), 60, ['h', 'min'])
  return twoUnits(Math.floor(seconds / 3_600), 24, ['d', 'h'])
}

/** A span in one unit, for sentences: `38 s`, `4 min`, `2 h`, `3 d`. */
export function roughSpanWords(ms: number): string {
  if (ms < MINUTE) return spanWords(ms)
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)}${THIN}min`
  if (ms < 2 * DAY) return `${Math.floor(ms / HOUR)}${THIN}h`
  return `${Math.floor(ms / DAY)}${THIN}d`
}

function twoUnits(amount: number, size: number, [large, small]: readonly [string, string]): string {
  const rest = amount % size
  const head = `${Math.floor(amount / size)}${THIN}${large}`
  return rest === 0 ? head : `${head} ${rest}${THIN}${small}`
}

/** How long ago `at` was: `2 s ago`, `4 min ago`; a time ahead of `now` counts as now. */
export const ageWords = (at: number, now: number): string => `${roughSpanWords(Math.max(0, now - at))} ago`

/** The time until `until`, rounded up so that it reads `0 s` only when it is over. */
export const leftWords = (until: number, now: number): string =>
  spanWords(Math.ceil(Math.max(0, until - now) / SECOND) * SECOND)

const zoneNames = new Map<Zone, Intl.DateTimeFormat>()

/** The zone's short name at that time: `UTC`, `GMT+1`. */
export function zoneWords(at: number, zone: Zone): string {
  if (zone === 'UTC') return 'UTC'
  let names = zoneNames.get(zone)
  if (!names) {
    names = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'short', hour: 'numeric' })
    zoneNames.set(zone, names)
  }
  return names.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? zone
}

/** Day, time and zone: `22 Nov 12:04:31 UTC`. */
export const dateTimeWords = (at: number, zone: Zone): string =>
  `${momentWords(at, zone, true)} ${zoneWords(at, zone)}`

/** Whether a time is so far from `now` that it needs its day beside it. */
export const needsDay = (at: number, now: number): boolean => Math.abs(now - at) >= 12 * HOUR

/** A state or class in words: `half_open` is `half-open`, `provider_error` is `provider error`. */
export const inWords = (name: string): string =>
  name === 'half_open' ? 'half-open' : name.replaceAll('_', ' ')

/** `1 provider`, `2 providers`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`

/** The text with its first letter in upper case. */
export const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
