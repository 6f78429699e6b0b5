import type { OutcomeClass } from '#lib/domain/outcome.ts'

/** One check of an invented year. */
export type YearCheck = { at: number; class: OutcomeClass; latencyMs: number | null }

/** A stretch in which a provider is down. */
export type Outage = { from: number; to: number }

const DAY_MS = 86_400_000
const NORMALS = 1 << 16

/** Numbers from 0 up to 1 that depend on the seed alone (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
}

const random = seeded(7)
// Drawing from a table costs a tenth of working each out, and there are sixty million to draw.
const normals = Float64Array.from(
  { length: NORMALS },
  () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
)

/** When a provider is down: about every third day, for three minutes up to an hour. */
export function outagesOf(provider: number, { from, to }: Outage): Outage[] {
  const roll = seeded(1_000 + provider)
  const outages: Outage[] = []
  for (let at = from + roll() * 3 * DAY_MS; at < to; at += (1 + 4 * roll()) * DAY_MS) {
    outages.push({ from: at, to: at + (3 + 57 * roll() ** 3) * 60_000 })
  }
  return outages
}

/**
 * A provider's checks from `from` to `to`, one every `intervalMs`: latencies around a level of its own that swings with
 * the day, a failure now and then, and outages. `visit` gets the same object each time.
 */
export function visitChecks(
  provider: number,
  { from, to, intervalMs }: Outage & { intervalMs: number },
  visit: (check: YearCheck) => void,
): void {
  const roll = seeded(provider)
  const level = Math.log(150 + 900 * roll())
  const outages = outagesOf(provider, { from, to })
  const latencyAt = (at: number) => {
    const swing = 0.25 * Math.sin((2 * Math.PI * at) / DAY_MS)
    const normal = normals[Math.floor(roll() * NORMALS)] ?? 0
    return Math.round(10 * Math.exp(level + swing + 0.3 * normal)) / 10
  }
  const check: YearCheck = { at: 0, class: 'ok', latencyMs: 0 }
  let next = 0
  for (let due = from + Math.floor(roll() * intervalMs); due < to; due += intervalMs) {
    while ((outages[next]?.to ?? Number.POSITIVE_INFINITY) <= due) next += 1
    const isDown = (outages[next]?.from ?? Number.POSITIVE_INFINITY) <= due
    check.at = due
    check.class = isDown ? 'provider_error' : classOf(roll())
    check.latencyMs = check.class === 'ok' ? latencyAt(due) : null
    visit(check)
  }
}

/** How a check ends while nothing is wrong. */
function classOf(luck: number): OutcomeClass {
  if (luck < 0.001) return 'provider_error'
  return luck < 0.002 ? 'rate_limited' : 'ok'
}
