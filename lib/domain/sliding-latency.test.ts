import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newSlidingLatency, SlidingLatency } from './sliding-latency.ts'

const MINUTE = 60_000

describe('SlidingLatency', () => {
  it('says null, not 0, before the first success and after the last has aged', () => {
    const latency = newSlidingLatency()
    expect(latency.p95(0)).toBeNull()
    latency.record(10 * MINUTE, 200)
    expect(latency.p95(10 * MINUTE)).toBeCloseTo(200, -1)
    expect(latency.p95(15 * MINUTE - 1)).not.toBeNull()
    expect(latency.p95(15 * MINUTE)).toBeNull()
    expect(latency.samples(15 * MINUTE)).toBe(0)
  })

  it('forgets a minute at a time', () => {
    const latency = newSlidingLatency()
    latency.record(11 * MINUTE - 1, 100)
    latency.record(11 * MINUTE, 100)
    expect(latency.samples(15 * MINUTE - 1)).toBe(2)
    expect(latency.samples(15 * MINUTE)).toBe(1)
  })

  it('counts the successes of the last five minutes', () => {
    const latency = newSlidingLatency()
    for (let minute = 0; minute < 20; minute += 1) latency.record(minute * MINUTE, 100 + minute)
    expect(latency.samples(19 * MINUTE)).toBe(5)
    expect(latency.samples(21 * MINUTE)).toBe(3)
  })

  it('lets old slowness go', () => {
    const latency = newSlidingLatency()
    for (let n = 0; n < 100; n += 1) latency.record(n, 9_000)
    for (let n = 0; n < 20; n += 1) latency.record(4 * MINUTE + n, 100)
    expect(latency.p95(4 * MINUTE + 20)).toBeGreaterThan(8_800)
    expect(latency.p95(5 * MINUTE)).toBeLessThan(103)
  })

  it('drops a success that is older than its span', () => {
    const latency = newSlidingLatency()
    latency.record(10 * MINUTE, 100)
    latency.record(5 * MINUTE, 9_000)
    expect(latency.samples(10 * MINUTE)).toBe(1)
  })

  // Mutants killed: another percentile, the mean of the slices' percentiles.
  it('is within 2 % of the exact percentile of the slices it holds', () => {
    const call = fc.record({
      at: fc.integer({ min: 0, max: 2_999 }),
      ms: fc.double({ min: 1, max: 120_000, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 200, size: 'max' }), (calls) => {
        const latency = new SlidingLatency({ spanMs: 1_000, sliceMs: 100 })
        const ordered = calls.toSorted((a, b) => a.at - b.at)
        for (const { at, ms } of ordered) latency.record(at, ms)
        const now = ordered.at(-1)!.at
        const from = (Math.floor(now / 100) - 9) * 100
        const values = ordered
          .filter(({ at }) => at >= from)
          .map(({ ms }) => ms)
          .toSorted((a, b) => a - b)
        const exact = values[Math.ceil(0.95 * values.length) - 1]!
        expect(latency.samples(now)).toBe(values.length)
        expect(Math.abs(latency.p95(now)! - exact) / exact).toBeLessThanOrEqual(0.02 + 1e-9)
      }),
    )
  })

  it('counts what comes late for a minute that is over', () => {
    const latency = newSlidingLatency()
    for (const at of [10, 11, 12, 10, 11]) latency.record(at * MINUTE, at * 10)
    expect(latency.samples(12 * MINUTE)).toBe(5)
  })
})
