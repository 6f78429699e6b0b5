/** The zone that times are shown in: an IANA name; `UTC` unless the operator chose their own. */
export type Zone = string

const MINUTE = 60_000
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

const formatters = new Map<Zone, Intl.DateTimeFormat>()

function formatterOf(zone: Zone): Intl.DateTimeFormat {
  let formatter = formatters.get(zone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    })
    formatters.set(zone, formatter)
  }
  return formatter
}

/** How far the zone's clock is ahead of UTC at `at`, in ms; 0 for UTC. */
export function zoneOffsetMs(at: number, zone: Zone): number {
  if (zone === 'UTC' || !Number.isFinite(at)) return 0
  const parts = Object.fromEntries(
    formatterOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / MINUTE) * MINUTE
}

/** The wall clock of the zone as a UTC date, for reading its parts. */
const shifted = (at: number, zone: Zone) => new Date(at + zoneOffsetMs(at, zone)).toISOString()

/** The time of day on the zone's clock: `12:04`, or `12:04:31` with seconds. */
export const clockTime = (at: number, zone: Zone, withSeconds: boolean) =>
  shifted(at, zone).slice(11, withSeconds ? 19 : 16)

/** The date on the zone's clock: `23 Nov`. */
export function dayAndMonth(at: number, zone: Zone): string {
  const date = shifted(at, zone)
  return `${Number(date.slice(8, 10))} ${MONTHS[Number(date.slice(5, 7)) - 1] ?? ''}`
}

/** The month on the zone's clock with its year: `Nov 2026`. */
export function monthAndYear(at: number, zone: Zone): string {
  const date = shifted(at, zone)
  return `${MONTHS[Number(date.slice(5, 7)) - 1] ?? ''} ${date.slice(0, 4)}`
}

/** A moment with seconds, `12:04:31`, with its date where a range spans days: `23 Nov 12:04:31`. */
export const momentWords = (at: number, zone: Zone, withDate: boolean) =>
  withDate ? `${dayAndMonth(at, zone)} ${clockTime(at, zone, true)}` : clockTime(at, zone, true)
