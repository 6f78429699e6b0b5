const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
export const YEAR_MS = 365 * 24 * HOUR_MS
/** After something has happened, nothing else does for so long: two outages that touch are one. */
const APART_MS = 2 * HOUR_MS

/** What goes wrong: how often in a year, how long in minutes, and whether somebody must be told. */
const KINDS = {
  /** Every call of one provider fails. */
  outage: { times: 60, minutes: [5, 180], isReal: true },
  /** One provider is away for three minutes of every six. */
  flap: { times: 15, minutes: [20, 60], isReal: true },
  /** Half of one provider's calls fail. */
  brownout: { times: 20, minutes: [20, 90], isReal: true },
  /** All providers at once. */
  fleet: { times: 3, minutes: [10, 60], isReal: true },
  /** Our own network: everything fails, and the canary says why. */
  ourNetwork: { times: 12, minutes: [3, 30], isReal: true },
  /** One provider misses one call, or two in a row. */
  blip: { times: 2_000, minutes: [0.5, 1], isReal: false },
} as const
export type WeatherKind = keyof typeof KINDS

/** One thing that happens. `provider` null: to all of them. Times are ms from the beginning of the year. */
export type Weather = {
  kind: WeatherKind
  provider: number | null
  from: number
  to: number
  isReal: boolean
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32, public domain). */
export function diceOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A year of weather over so many providers, in the order of its time. */
export function yearOfWeather(providers: number, dice: () => number): Weather[] {
  const year: Weather[] = []
  for (const kind of Object.keys(KINDS) as WeatherKind[]) {
    const { times, minutes, isReal } = KINDS[kind]
    for (let made = 0; made < times;) {
      const from = Math.floor((dice() * (YEAR_MS - 6 * HOUR_MS)) / MINUTE_MS) * MINUTE_MS + HOUR_MS
      const lengthMs = (minutes[0] + dice() * (minutes[1] - minutes[0])) * MINUTE_MS
      const provider = kind === 'fleet' || kind === 'ourNetwork' ? null : Math.floor(dice() * providers)
      const next: Weather = { kind, provider, from, to: from + lengthMs, isReal }
      if (year.some((other) => touches(other, next))) continue
      year.push(next)
      made += 1
    }
  }
  return year.sort((a, b) => a.from - b.from)
}

function touches(a: Weather, b: Weather): boolean {
  const concerns = a.provider === null || b.provider === null || a.provider === b.provider
  return concerns && a.from < b.to + APART_MS && b.from < a.to + APART_MS
}

/** Whether a provider's call at this time fails. */
export function fails({ kind, from }: Weather, at: number, dice: () => number): boolean {
  if (kind === 'brownout') return dice() < 0.5
  if (kind === 'flap') return (at - from) % (6 * MINUTE_MS) < 3 * MINUTE_MS
  return true
}
