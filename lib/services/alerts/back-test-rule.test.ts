import { describe, expect, it } from 'vitest'
import { memoryStorage } from '#lib/adapters/memory/memory-storage.ts'
import { check, entry, transition } from '#lib/adapters/storage/test-records.ts'
import { backTestSchema } from '#lib/contract/back-test.ts'
import { providerNamed, stageFleet, T0 } from '../stage-fleet.fixture.ts'
import { backTestRule } from './back-test-rule.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const START = T0 - 24 * HOUR_MS

const asked = (condition: object, over: object = {}) =>
  backTestSchema.parse({ rule: { name: 'try', condition, ...over }, days: 1 })

type Staged = ReturnType<typeof memoryStorage>

/** A fleet with a day of record. */
async function stage(record: (storage: Staged) => void) {
  const storage = memoryStorage({
    providers: [
      providerNamed('acme', { createdAt: 0, tags: ['eu'] }),
      providerNamed('beta', { createdAt: 0 }),
    ],
  })
  record(storage)
  await storage.journal.close(5_000)
  const { engine } = stageFleet(storage.reopen())
  return { ...engine, wait: () => Promise.resolve() }
}

/** Two calls a minute all day, of which those in the outage fail. */
const withOutage =
  (fromMinute: number, minutes: number) =>
  ({ journal }: Staged) => {
    for (let minute = 0; minute < 24 * 60; minute += 1) {
      const isDown = minute >= fromMinute && minute < fromMinute + minutes
      journal.appendCheck(
        check({
          at: START + minute * MINUTE_MS + 1_000,
          count: 2,
          class: isDown ? 'provider_error' : 'ok',
          latencyMs: 100,
        }),
      )
    }
  }

const RATE = { type: 'success_rate', below: 0.9, window: '5m', minSamples: 5 }

describe('a back-test over counts', () => {
  it('fires once in an outage, for as long as the window sees it, and names whom', async () => {
    const engine = await stage(withOutage(600, 30))
    const result = await backTestRule(engine, asked(RATE))
    expect(result).toMatchObject({
      testable: true,
      reason: null,
      count: 1,
      subjects: { covered: 2, tested: 2 },
    })
    const [firing] = result.firings
    expect(firing?.subject).toMatchObject({ type: 'provider', id: 'acme' })
    // The first bad minute is known at its end, and must hold for a minute.
    expect(firing?.firedAt).toBe(new Date(START + 602 * MINUTE_MS).toISOString())
    expect(firing?.lastedMs).toBeGreaterThanOrEqual(30 * MINUTE_MS)
    expect(firing?.lastedMs).toBeLessThan(40 * MINUTE_MS)
    expect(firing?.sentence).toMatch(/calls of acme succeeded/)
  })

  it('does not fire on too few calls, nor about others than its scope has', async () => {
    const engine = await stage(withOutage(600, 30))
    const few = { ...RATE, minSamples: 10 }
    expect((await backTestRule(engine, asked(few))).count).toBe(1)
    expect((await backTestRule(engine, asked({ ...few, minSamples: 11 }))).count).toBe(0)
    const of = (scope: object) => backTestRule(engine, asked(RATE, { scope }))
    expect(await of({ type: 'tags', tags: ['us'] })).toMatchObject({ count: 0, subjects: { covered: 0 } })
    expect(await of({ type: 'tags', tags: ['eu'] })).toMatchObject({ count: 1, subjects: { covered: 1 } })
  })

  it('stops before the next provider when nobody waits for it any more', async () => {
    const engine = await stage(withOutage(600, 30))
    let reads = 0
    const history: typeof engine.reader.history = (query) => {
      reads += 1
      return engine.reader.history(query)
    }
    const counted = { ...engine, reader: { ...engine.reader, history } }
    const given = backTestRule(counted, asked(RATE), () => reads === 0)
    await expect(given).rejects.toMatchObject({ code: 'unavailable' })
    expect(reads).toBe(2)
  })

  it('burns at both windows or not at all', async () => {
    const burn = (factor: number) => ({
      type: 'burn_rate',
      objective: 0.99,
      windows: [{ factor, long: '1h', short: '5m' }],
      minSamples: 5,
    })
    const engine = await stage(withOutage(600, 30))
    expect((await backTestRule(engine, asked(burn(14.4)))).count).toBe(1)
    expect((await backTestRule(engine, asked(burn(60)))).count).toBe(0)
  })

  it('knows slow from quick', async () => {
    const engine = await stage(({ journal }) => {
      for (let minute = 0; minute < 24 * 60; minute += 1)
        journal.appendCheck(
          check({ at: START + minute * MINUTE_MS, latencyMs: minute >= 300 && minute < 330 ? 4_000 : 100 }),
        )
    })
    const slow = { type: 'latency_p95', above: '3s', window: '5m', minSamples: 3 }
    expect((await backTestRule(engine, asked(slow))).count).toBe(1)
    expect((await backTestRule(engine, asked({ ...slow, above: '5s' }))).count).toBe(0)
  })

  it('knows checks from traffic', async () => {
    const engine = await stage(({ journal }) => {
      for (let minute = 0; minute < 24 * 60; minute += 1) {
        journal.appendCheck(check({ at: START + minute * MINUTE_MS }))
        if (minute < 300 || minute >= 400)
          journal.appendCheck(check({ at: START + minute * MINUTE_MS, source: 'passive', phases: null }))
      }
    })
    const rule = asked({ type: 'no_traffic', window: '10m' }, { scope: { type: 'providers', ids: ['acme'] } })
    expect(await backTestRule(engine, rule)).toMatchObject({
      count: 1,
      firings: [{ firedAt: new Date(START + 311 * MINUTE_MS).toISOString() }],
    })
    // Of who never had any, nothing is said before the record is as long as the window.
    const other = asked(
      { type: 'no_traffic', window: '10m' },
      { scope: { type: 'providers', ids: ['beta'] } },
    )
    expect(await backTestRule(engine, other)).toMatchObject({
      firings: [{ firedAt: new Date(START + 11 * MINUTE_MS).toISOString(), resolvedAt: null }],
    })
  })
})

describe('how far back a back-test looks', () => {
  const HALF_A_DAY = T0 - 12 * HOUR_MS
  const iso = (at: number) => new Date(at).toISOString()

  /** A fleet of one that came at noon. */
  async function young(record: (storage: Staged) => void = () => undefined) {
    const storage = memoryStorage({ providers: [providerNamed('acme', { createdAt: HALF_A_DAY })] })
    record(storage)
    await storage.journal.close(5_000)
    return { ...stageFleet(storage.reopen()).engine, wait: () => Promise.resolve() }
  }

  it.each([
    ['counts', { type: 'no_traffic', window: '10m' }],
    ['transitions', { type: 'circuit_opened' }],
  ])('is no further than its providers are there, over %s', async (_what, condition) => {
    expect(await backTestRule(await young(), asked(condition))).toMatchObject({
      testable: true,
      from: iso(HALF_A_DAY),
      to: iso(T0),
    })
  })

  it('does not take the time before a provider was there for silence', async () => {
    const { firings } = await backTestRule(await young(), asked({ type: 'no_traffic', window: '10m' }))
    expect(firings).toMatchObject([{ firedAt: iso(HALF_A_DAY + 11 * MINUTE_MS), resolvedAt: null }])
  })

  it('goes by the record where that is older than the provider', async () => {
    const engine = await young(({ journal }) => {
      journal.appendCheck(check({ at: START + HOUR_MS }))
    })
    expect((await backTestRule(engine, asked(RATE))).from).toBe(iso(START + HOUR_MS))
  })

  it('is nothing where nobody is covered', async () => {
    const nobody = asked(RATE, { scope: { type: 'tags', tags: ['us'] } })
    expect(await backTestRule(await young(), nobody)).toMatchObject({ from: iso(T0), to: iso(T0) })
  })
})

describe('a back-test over transitions', () => {
  const open = (id: string, at: number, minutes: number) => [
    transition(`${id}a`, { at, from: 'closed', to: 'open' }),
    transition(`${id}b`, { at: at + minutes * MINUTE_MS, from: 'open', to: 'closed' }),
  ]
  const withOpenings = ({ journal }: Staged) =>
    void journal.commit(
      entry({
        transitions: [
          ...open('t1', START + HOUR_MS, 10),
          ...open('t2', START + 3 * HOUR_MS, 0.5),
          ...open('t3', START + 5 * HOUR_MS, 4),
          ...open('t4', START + 5 * HOUR_MS + 6 * MINUTE_MS, 4),
        ],
      }),
    )

  it('fires for circuits that stay open, not for those that close at once', async () => {
    const engine = await stage(withOpenings)
    const result = await backTestRule(engine, asked({ type: 'circuit_opened' }))
    expect(result.firings.map(({ firedAt, resolvedAt }) => [firedAt, resolvedAt])).toEqual(
      [
        [START + HOUR_MS + MINUTE_MS, START + HOUR_MS + 12 * MINUTE_MS],
        [START + 5 * HOUR_MS + MINUTE_MS, START + 5 * HOUR_MS + 12 * MINUTE_MS],
      ].map((pair) => pair.map((at) => new Date(at).toISOString())),
    )
    expect((await backTestRule(engine, asked({ type: 'circuit_opened' }, { for: '5m' }))).count).toBe(1)
  })

  it('stops before the next circuit when nobody waits for it any more', async () => {
    const engine = await stage(withOpenings)
    const given = backTestRule(engine, asked({ type: 'circuit_opened' }), () => false)
    await expect(given).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('knows what happened in the minute that runs', async () => {
    const opened = T0 + 10_000
    const engine = await stage(({ journal }) => {
      void journal.commit(entry({ transitions: open('now', opened, 60).slice(0, 1) }))
    })
    const now = { now: () => T0 + 50_000 }
    const result = await backTestRule(
      { ...engine, clock: now },
      asked({ type: 'circuit_opened' }, { for: '0s' }),
    )
    expect(result).toMatchObject({ count: 1, to: new Date(T0 + 50_000).toISOString() })
    expect(result.firings).toMatchObject([
      { firedAt: new Date(opened).toISOString(), resolvedAt: null, lastedMs: 40_000 },
    ])
  })

  it('counts openings for flapping, and forgets them after the window', async () => {
    const engine = await stage(withOpenings)
    const flapping = (openings: number) => ({ type: 'circuit_flapping', openings, window: '15m' })
    const { firings } = await backTestRule(engine, asked(flapping(2)))
    expect(firings.map(({ firedAt }) => firedAt)).toEqual([
      new Date(START + 5 * HOUR_MS + 7 * MINUTE_MS).toISOString(),
    ])
    expect(firings[0]?.resolvedAt).toBe(new Date(START + 5 * HOUR_MS + 17 * MINUTE_MS).toISOString())
    expect((await backTestRule(engine, asked(flapping(3)))).count).toBe(0)
  })
})

describe('what is not recorded', () => {
  it.each([
    [{ type: 'provider_unhealthy' }, {}, /status of providers is not recorded/],
    [{ type: 'monitor_impaired' }, {}, /own state is not recorded/],
    [RATE, { scope: { type: 'routes', ids: ['chat'] } }, /not kept by the minute/],
    [{ ...RATE, window: '1m' }, { days: 7 }, /kept by 5 minutes/],
    [{ type: 'latency_p95', above: '3s', window: '7m', minSamples: 3 }, {}, /divide a day/],
  ])(
    'is not guessed: %j %j',
    async (condition, { days = 1, ...over }: { days?: number; scope?: object }, why) => {
      const engine = await stage(() => undefined)
      const result = await backTestRule(engine, { ...asked(condition, over), days })
      expect(result).toMatchObject({ testable: false, count: 0, firings: [] })
      expect(result.reason).toMatch(why)
    },
  )
})
