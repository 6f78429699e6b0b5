import fc from 'fast-check'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import type { Bucket } from '#lib/contract/check.ts'
import { quantile } from '#lib/domain/histogram.ts'
import { stretchAt } from '#lib/domain/history-tiers.ts'
import { addAlike, newTally, type Tally } from '#lib/domain/tally.ts'
import type { CheckRecord } from '#lib/services/records.ts'
import { check } from '../storage/test-records.ts'
import { type HistoryQuery, readHistory } from './read-history.ts'
import { type RollupStage, SLOW_MS, stageRollups } from './rollup.fixture.ts'
import { testDatabases } from './test-database.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** 2026-03-29T22:30:00Z. */
const T0 = Date.UTC(2026, 2, 29, 22, 30)

const databases = testDatabases()
const stages: RollupStage[] = []
afterEach(async () => {
  for (const { client } of stages.splice(0)) await client.$disconnect()
})
afterAll(() => databases.remove())

async function stage() {
  const made = stageRollups(await databases.fresh())
  stages.push(made)
  return made
}

const ask = (over: Partial<HistoryQuery> = {}): HistoryQuery => ({
  providerId: 'acme',
  from: T0,
  to: T0 + HOUR,
  source: null,
  model: null,
  resolutionMs: MINUTE,
  slowMs: SLOW_MS,
  ...over,
})

const isAsked = ({ source, model, providerId }: HistoryQuery, one: CheckRecord) =>
  one.providerId === providerId &&
  (source === null || one.source === source) &&
  (model === null || one.model === model)

/** The same from the checks themselves. */
function plainBuckets(checks: readonly CheckRecord[], query: HistoryQuery) {
  const { resolutionMs } = query
  const [from, to] = [stretchAt(query.from, resolutionMs), -stretchAt(-query.to, resolutionMs)]
  const tallies = new Map<number, Tally>()
  for (const { class: outcomeClass, ...one } of checks.filter((each) => isAsked(query, each))) {
    if (outcomeClass === null || one.at < from || one.at >= to) continue
    const at = stretchAt(one.at, resolutionMs)
    const tally = tallies.get(at) ?? newTally()
    addAlike(tally, { ...one, class: outcomeClass }, SLOW_MS)
    tallies.set(at, tally)
  }
  return [...tallies]
    .toSorted(([a], [b]) => a - b)
    .map(([at, { byClass, slow, latencies, latencySumTenths }]) => ({
      at: new Date(at).toISOString(),
      byClass,
      slow,
      p95: latencies.count === 0 ? null : Number((quantile(latencies, 0.95) ?? 0).toPrecision(4)),
      max: latencies.count === 0 ? null : latencies.max,
      avg: latencies.count === 0 ? null : Math.round(latencySumTenths / latencies.count) / 10,
    }))
}

const shown = ({ at, byClass, slow, latency }: Bucket) => ({
  at,
  byClass,
  slow,
  p95: latency?.p95 ?? null,
  max: latency?.max ?? null,
  avg: latency?.avg ?? null,
})

/** Checks every 20 s over a day and a half, of two models and both sources. */
const steady = Array.from({ length: (36 * HOUR) / 20_000 }, (_, place) =>
  check({
    at: T0 - 36 * HOUR + place * 20_000,
    latencyMs: 100 + ((place * 7_919) % 2_000),
    source: place % 3 === 0 ? 'passive' : 'active',
    model: place % 3 === 0 ? (place % 2 === 0 ? 'gpt-4o' : 'small') : null,
    class: place % 11 === 0 ? 'provider_error' : 'ok',
  }),
)

describe('history', () => {
  it.each([
    ['nothing is rolled up', 0],
    ['some of the minutes are', 9],
    ['some hours are', 25],
    ['all that is due is', Infinity],
  ])('is the same when %s', async (_what, steps) => {
    const { write, step, client } = await stage()
    for (let from = 0; from < steady.length; from += 1_000) await write(steady.slice(from, from + 1_000))
    for (let done = 0; done < steps; done += 1) if (!(await step(T0))) break
    const range = { from: T0 - 36 * HOUR, to: T0 }
    for (const query of [
      ask({ ...range, resolutionMs: DAY }),
      ask({ ...range, resolutionMs: 6 * HOUR, source: 'active' }),
      ask({ ...range, resolutionMs: HOUR, model: 'small' }),
      ask({ ...range, resolutionMs: 15 * MINUTE, source: 'passive' }),
      ask({ from: T0 - 5 * HOUR, to: T0 - 2 * HOUR, resolutionMs: 3 * MINUTE }),
      ask({ from: T0 - HOUR - 1, to: T0 - 1, resolutionMs: 30_000 }),
    ]) {
      const { buckets } = await readHistory(client, query)
      expect(buckets.map(shown)).toEqual(plainBuckets(steady, query))
    }
  })

  it('is of UTC days', async () => {
    const { write, rollUpAll, client } = await stage()
    const midnight = Date.UTC(2026, 2, 30)
    await write([-1, 0, DAY - 1, DAY].map((ms) => check({ at: midnight + ms })))
    await rollUpAll(midnight + 3 * DAY)
    const query = ask({ from: midnight - DAY, to: midnight + 2 * DAY, resolutionMs: DAY })
    const { buckets } = await readHistory(client, query)
    expect(buckets.map(({ at, count }) => [at.slice(0, 10), count])).toEqual([
      ['2026-03-29', 1],
      ['2026-03-30', 2],
      ['2026-03-31', 1],
    ])
  })

  it('goes on from a tier that has lost its finer ones', async () => {
    const { write, rollUpAll, client } = await stage()
    await write(steady.slice(0, 1_000))
    await rollUpAll(T0)
    await client.$executeRawUnsafe('DELETE FROM checks WHERE at < ?', T0 - 31 * HOUR)
    await client.$executeRawUnsafe('DELETE FROM rollups WHERE tier = 0 AND at < ?', T0 - 31.5 * HOUR)
    const query = ask({ from: T0 - 36 * HOUR, to: T0, resolutionMs: HOUR })
    const { buckets } = await readHistory(client, query)
    expect(buckets.map(shown)).toEqual(plainBuckets(steady.slice(0, 1_000), query))
  })

  const arrival = fc.record({
    agoMs: fc.oneof(fc.nat(10 * MINUTE), fc.nat(2 * DAY)),
    latencyMs: fc.integer({ min: 10, max: 50_000 }).map((tenths) => tenths / 10),
    class: fc.constantFrom('ok' as const, 'ok' as const, 'rate_limited' as const, null),
    source: fc.constantFrom('active' as const, 'passive' as const),
    model: fc.constantFrom(null, 'gpt-4o'),
    providerId: fc.constantFrom('acme', 'acme', 'beta'),
  })
  const question = fc.record({
    fromMs: fc.nat(3 * DAY),
    lengthMs: fc.integer({ min: 1, max: 3 * DAY }),
    resolutionMs: fc.constantFrom(30_000, MINUTE, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 12 * HOUR, DAY),
    source: fc.constantFrom(null, 'active' as const, 'passive' as const),
    model: fc.constantFrom(null, 'gpt-4o'),
  })

  // Killed: a tier whose stretches do not fit the buckets; a border not held between the range's ends; the finer tier
  // read from its own begin; checks read from the range's begin; the model or the source not asked for in a tier; the
  // mark's own stretch taken for rolled up.
  it('is that of a plain count, wherever the borders of the tiers are', async () => {
    const rounds = fc.array(
      fc.record({
        checks: fc.array(arrival, { maxLength: 10 }),
        waitMs: fc.nat(8 * HOUR),
        steps: fc.nat(25),
      }),
      { minLength: 1, maxLength: 10, size: 'max' },
    )
    await fc.assert(
      fc.asyncProperty(rounds, fc.array(question, { minLength: 1, maxLength: 6 }), async (all, questions) => {
        const made = stageRollups(await databases.fresh())
        try {
          const written: CheckRecord[] = []
          let now = T0
          for (const { checks, waitMs, steps } of all) {
            const rows = checks.map(({ agoMs, ...rest }) => check({ ...rest, at: now - agoMs }))
            await made.write(rows)
            written.push(...rows)
            now += waitMs
            for (let done = 0; done < steps; done += 1) await made.step(now)
          }
          // What came late shows up when it has been counted again; all else at once.
          while ((await made.count('late_minutes')) > 0) await made.step(now)
          for (const { fromMs, lengthMs, ...rest } of questions) {
            const from = now - fromMs
            const query = ask({ ...rest, from, to: from + lengthMs })
            const { buckets } = await readHistory(made.client, query)
            expect(buckets.map(shown)).toEqual(plainBuckets(written, query))
          }
        } finally {
          await made.client.$disconnect()
        }
      }),
      { numRuns: 60 },
    )
  })
})
