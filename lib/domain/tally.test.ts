import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newHistogram, recordValue } from './histogram.ts'
import { addAlike, addTally, type Alike, newTally, type Tally } from './tally.ts'

const alike = (part: Partial<Alike> = {}): Alike => ({
  class: 'ok',
  count: 1,
  latencyMs: 100,
  latencies: null,
  ...part,
})

function tallyOf(parts: readonly Partial<Alike>[], slowMs: number | null = null): Tally {
  const tally = newTally()
  for (const part of parts) addAlike(tally, alike(part), slowMs)
  return tally
}

function latenciesOf(...values: number[]) {
  const latencies = newHistogram()
  for (const value of values) recordValue(latencies, value)
  return latencies
}

describe('a tally', () => {
  it('counts every class, and the latency of successes alone', () => {
    const tally = tallyOf([
      {},
      { count: 3, latencyMs: 200 },
      { class: 'provider_error', count: 2, latencyMs: 9 },
    ])
    expect(tally).toMatchObject({ byClass: { ok: 4, provider_error: 2 }, latencySumTenths: 7_000 })
    expect(tally.latencies).toMatchObject({ count: 4, min: 100, max: 200 })
  })

  it('takes the latencies of many as they were, not their mean', () => {
    const tally = tallyOf([{ count: 2, latencyMs: 500, latencies: latenciesOf(100, 900) }])
    expect(tally.latencies).toMatchObject({ count: 2, min: 100, max: 900 })
  })

  it('counts a success without a latency, but measures nothing of it', () => {
    expect(tallyOf([{ latencyMs: null, count: 5 }])).toEqual({ ...newTally(), byClass: { ok: 5 } })
  })

  it('calls slow what is above the limit, and nothing where there is none', () => {
    const parts = [
      { latencyMs: 150 },
      { latencyMs: 150.1, count: 2 },
      { count: 3, latencyMs: 400, latencies: latenciesOf(100, 200, 900) },
      { class: 'provider_error' as const, latencyMs: 9_000 },
    ]
    expect(tallyOf(parts, 150).slow).toBe(4)
    expect(tallyOf(parts).slow).toBe(0)
  })

  // Killed: slow not added; the sum not added; the sum kept in ms, which depends on the order; the other's counts replacing; its histogram left out.
  it('of parts is that of the whole', () => {
    const part = fc.record({
      class: fc.constantFrom('ok' as const, 'ok' as const, 'cancelled' as const),
      count: fc.integer({ min: 1, max: 9 }),
      latencyMs: fc.option(fc.integer({ min: 1, max: 50_000 }).map((tenths) => tenths / 10)),
    })
    const parts = fc.array(part, { maxLength: 20 })
    fc.assert(
      fc.property(parts, parts, (some, others) => {
        const tally = tallyOf(some, 1_000)
        addTally(tally, tallyOf(others, 1_000))
        expect(tally).toEqual(tallyOf([...some, ...others], 1_000))
      }),
    )
  })
})
