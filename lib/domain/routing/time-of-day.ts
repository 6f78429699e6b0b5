const MINUTE_MS = 60_000

/** One zone's clock with its latest reading: making a formatter costs a thousand times what a decision may. */
type ZoneClock = { format: Intl.DateTimeFormat; minute: number; minuteOfDay: number }

const clocks = new Map<string, ZoneClock>()

/** Minutes since local midnight that clocks show in an IANA zone at `now` (epoch ms). */
export function minuteOfDay(zone: string, now: number): number {
  const clock = clockOf(zone)
  const minute = Math.floor(now / MINUTE_MS)
  if (clock.minute !== minute) {
    clock.minute = minute
    clock.minuteOfDay = read(clock.format, now)
  }
  return clock.minuteOfDay
}

function clockOf(zone: string): ZoneClock {
  const known = clocks.get(zone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const clock = { format, minute: Number.NaN, minuteOfDay: 0 }
  clocks.set(zone, clock)
  return clock
}

function read(format: Intl.DateTimeFormat, now: number): number {
  const parts = format.formatToParts(now)
  const valueOf = (type: 'hour' | 'minute') => Number(parts.find((part) => part.type === type)?.value)
  return valueOf('hour') * 60 + valueOf('minute')
}
