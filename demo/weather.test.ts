import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logNormalMs, seededRandom } from './chance.ts'
import { SIMULATED_PROVIDERS } from './providers.ts'
import { type Climate, fateOf, frontAt, OPENING_MS, underFront, weatherAt } from './weather.ts'

const climateOf = (id: string) => SIMULATED_PROVIDERS.find((provider) => provider.id === id)!.climate
const HOUR = 3_600_000

describe('the opening act', () => {
  it.each([
    ['groq is well before 20 s', 'groq', 19_999, { reachable: true }],
    ['groq is gone at 20 s', 'groq', 20_000, { reachable: false }],
    ['groq is gone until 55 s', 'groq', 54_999, { reachable: false }],
    ['groq is back at 55 s', 'groq', 55_000, { reachable: true }],
    ['openrouter limits the rate', 'openrouter', 50_000, { rateLimitShare: 0.9 }],
    ['azure-eu browns out', 'azure-eu', 70_000, { errorShare: 0.35 }],
    ['mistral hangs', 'mistral', 110_000, { hangShare: 0.4 }],
  ])('%s', (_why, id, elapsedMs, expected) => {
    for (const seed of [1, 2, 99]) expect(weatherAt(climateOf(id), seed, elapsedMs)).toMatchObject(expected)
  })

  it('slows anthropic to several times its usual latency', () => {
    const { medianMs } = weatherAt(climateOf('anthropic'), 1, 50_000)
    expect(medianMs).toBeGreaterThan(2_000)
  })

  it('leaves openai-prod alone', () => {
    const fronts = Array.from({ length: 150 }, (_, second) =>
      frontAt(climateOf('openai-prod'), 1, second * 1_000),
    )
    expect(fronts.every((front) => front === null)).toBe(true)
  })

  it('leaves each front time to begin and end within the act', () => {
    for (const { climate } of SIMULATED_PROVIDERS) {
      for (const { fromMs, toMs } of climate.openingAct) {
        expect(toMs).toBeGreaterThan(fromMs)
        expect(toMs).toBeLessThanOrEqual(OPENING_MS)
      }
    }
  })
})

describe('weatherAt', () => {
  const climate = fc.constantFrom(...SIMULATED_PROVIDERS.map((provider) => provider.climate))

  // Killed: fronts drawn from Math.random; a median of drift alone, which turns negative; a share of 1.9.
  it('is a function of climate, seed and time, and its shares are shares', () => {
    fc.assert(
      fc.property(climate, fc.integer(), fc.nat(10 * HOUR), (one, seed, elapsedMs) => {
        const conditions = weatherAt(one, seed, elapsedMs)
        expect(weatherAt(one, seed, elapsedMs)).toEqual(conditions)
        const { errorShare, hangShare, resetShare, badBodyShare, rateLimitShare } = conditions
        const total = errorShare + hangShare + resetShare + badBodyShare + rateLimitShare
        expect(total).toBeGreaterThanOrEqual(0)
        expect(total).toBeLessThanOrEqual(1)
        expect(conditions.medianMs).toBeGreaterThan(0)
      }),
    )
  })

  // Killed: fronts longer than their slot, or begun before it; `>` at the first ms; `<=` at the last.
  it('knows a front from its first to its last ms, and no longer', () => {
    fc.assert(
      fc.property(climate, fc.integer(), fc.nat(10 * HOUR), (one, seed, elapsedMs) => {
        const front = frontAt(one, seed, elapsedMs)
        if (front === null) return
        expect(frontAt(one, seed, front.fromMs)).toEqual(front)
        expect(frontAt(one, seed, front.toMs - 1)).toEqual(front)
        expect(frontAt(one, seed, front.toMs)).not.toEqual(front)
      }),
    )
  })

  it('brings about as many fronts as the climate is restless', () => {
    const restless: Climate = { ...climateOf('groq'), unrest: 0.3 }
    let fronts = 0
    for (let slot = 0; slot < 1_000; slot += 1) {
      // Every front covers the moment from 20 s to 35 s of its slot: begins before 20 s, lasts at least 15 s.
      fronts += Number(
        [20_000, 27_000, 34_999].some((offset) => frontAt(restless, 7, OPENING_MS + slot * 60_000 + offset)),
      )
    }
    expect(fronts).toBeGreaterThan(200)
    expect(fronts).toBeLessThan(360)
  })

  it('differs from seed to seed', () => {
    const story = (seed: number) =>
      Array.from(
        { length: 200 },
        (_, index) => frontAt(climateOf('groq'), seed, OPENING_MS + index * 20_000)?.kind,
      )
    expect(story(1)).not.toEqual(story(2))
  })

  it('differs from provider to provider under one seed', () => {
    const times = Array.from({ length: 200 }, (_, index) => OPENING_MS + index * 20_000)
    const story = (id: string) =>
      times.map((at) => frontAt({ ...climateOf('groq'), providerId: id }, 1, at)?.kind)
    expect(story('one')).not.toEqual(story('two'))
  })
})

describe('fateOf', () => {
  const calm = weatherAt({ ...climateOf('openai-prod'), unrest: 0 }, 1, 0)

  it.each([
    ['calm answers', calm, 0, 'answer'],
    ['a brown-out fails below its share', underFront(calm, 'brown_out'), 0.349, 'error'],
    ['and answers from its share on', underFront(calm, 'brown_out'), 0.35, 'answer'],
    ['a limit limits', underFront(calm, 'rate_limit'), 0.5, 'rate_limit'],
    ['a hang hangs', underFront(calm, 'hang'), 0.1, 'hang'],
    ['a reset resets', underFront(calm, 'reset'), 0.1, 'reset'],
    ['a bad body is sent', underFront(calm, 'bad_body'), 0.1, 'bad_body'],
  ])('%s', (_why, conditions, roll, fate) => {
    expect(fateOf(conditions, roll)).toBe(fate)
  })

  it('stacks shares instead of overlapping them', () => {
    const mixed = { ...calm, errorShare: 0.2, hangShare: 0.3 }
    expect([0.19, 0.2, 0.49, 0.5].map((roll) => fateOf(mixed, roll))).toEqual([
      'error',
      'hang',
      'hang',
      'answer',
    ])
  })
})

describe('chance', () => {
  it('repeats itself for the same seed only', () => {
    const draw = (seed: number) => Array.from({ length: 5 }, seededRandom(seed))
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
  })

  it('makes latencies whose median and 95th percentile are those of the log-normal', () => {
    const random = seededRandom(3)
    const shape = { medianMs: 400, sigma: 0.3 }
    const draws = Array.from({ length: 20_000 }, () => logNormalMs(shape, [random(), random()])).toSorted(
      (a, b) => a - b,
    )
    expect(draws[10_000]).toBeGreaterThan(390)
    expect(draws[10_000]).toBeLessThan(410)
    const p95 = 400 * Math.exp(0.3 * 1.645)
    expect(Math.abs(draws[19_000]! / p95 - 1)).toBeLessThan(0.03)
  })

  it('has no infinite latency', () => {
    expect(logNormalMs({ medianMs: 1, sigma: 1 }, [0, 0])).toBe(1)
    expect(Number.isFinite(logNormalMs({ medianMs: 1, sigma: 1 }, [1 - 2 ** -32, 0]))).toBe(true)
  })
})
