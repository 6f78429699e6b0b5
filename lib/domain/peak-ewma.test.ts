import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FORGET_MS, observePeakEwma, PEAK_DECAY_MS, readPeakEwma, type PeakEwma } from './peak-ewma.ts'

const T0 = 1_700_000_000_000

type Call = { after: number; latencyMs: number; ok?: boolean }

/** The average after calls, each so many ms after the one before. */
function after(...calls: Call[]): { ewma: PeakEwma; at: number } {
  let ewma: PeakEwma | null = null
  let at = T0
  for (const { after, latencyMs, ok = true } of calls) {
    at += after
    ewma = observePeakEwma(ewma, { ok, latencyMs, at })
  }
  return { ewma: ewma!, at }
}

const steady = (count: number, latencyMs: number, every = 1_000): Call[] =>
  Array.from({ length: count }, () => ({ after: every, latencyMs }))

/** The value so long after the last call. */
const value = ({ ewma, at }: { ewma: PeakEwma; at: number }, idleMs = 0) => readPeakEwma(ewma, at + idleMs)

describe('a peak-sensitive average', () => {
  it('is the first answer at first', () => {
    expect(value(after({ after: 0, latencyMs: 240 }))).toBe(240)
  })

  it('believes a slower answer at once', () => {
    expect(value(after(...steady(50, 200), { after: 1_000, latencyMs: 4_000 }))).toBe(4_000)
  })

  it('believes a faster answer by and by', () => {
    const fell = value(after(...steady(50, 4_000), { after: 1_000, latencyMs: 200 }))
    expect(fell).toBeGreaterThan(3_500)
    expect(fell).toBeLessThan(4_000)
  })

  it('keeps a peak in spite of a fast answer right after it', () => {
    const calls = [...steady(200, 200), { after: 0, latencyMs: 4_000 }, { after: 1, latencyMs: 200 }]
    expect(value(after(...calls))).toBeGreaterThan(3_990)
  })

  it('comes down from a peak with its time constant', () => {
    const peaked = after(...steady(200, 200), { after: 0, latencyMs: 4_000 })
    const mean = peaked.ewma.meanMs!
    expect(mean).toBeLessThan(230)
    const oneConstant = value(peaked, PEAK_DECAY_MS) - mean * Math.exp(-PEAK_DECAY_MS / FORGET_MS)
    expect(oneConstant).toBeCloseTo((4_000 - mean) / Math.E, 6)
    expect(value(peaked, 5 * PEAK_DECAY_MS)).toBeLessThan(260)
  })

  it('finds a new level within two minutes of traffic, also from a cold start', () => {
    expect(value(after({ after: 0, latencyMs: 20_000 }, ...steady(60, 500)))).toBeLessThan(1_000)
    expect(value(after(...steady(100, 4_000), ...steady(120, 500)))).toBeLessThan(1_100)
  })

  it('remembers for minutes without traffic, and then forgets, so that a slow one is tried again', () => {
    const slow = after(...steady(50, 3_000))
    expect(value(slow, 60_000)).toBeGreaterThan(2_500)
    expect(value(slow, 3 * FORGET_MS)).toBeLessThan(200)
  })

  it.each([
    ['a refusal in a millisecond', 1],
    ['a failure as fast as an answer', 200],
  ])('counts %s for twice the present value', (_what, latencyMs) => {
    expect(value(after(...steady(50, 600), { after: 0, latencyMs, ok: false }))).toBeCloseTo(1_200)
  })

  it('counts a time-out for the time it took', () => {
    expect(value(after(...steady(50, 200), { after: 0, latencyMs: 30_000, ok: false }))).toBe(30_000)
  })

  it('counts failures in a row ever higher, up to a minute', () => {
    const failing = Array.from({ length: 20 }, () => ({ after: 10, latencyMs: 1, ok: false }))
    expect(value(after(...steady(50, 200), ...failing))).toBeCloseTo(60_000, -1)
  })

  it('lets a provider that has only failed be tried again soon', () => {
    const failed = after({ after: 0, latencyMs: 1, ok: false })
    expect(value(failed)).toBe(1_000)
    expect(failed.ewma.meanMs).toBeNull()
    expect(value(failed, 5 * PEAK_DECAY_MS)).toBeLessThan(10)
  })

  it('takes a call that ended out of turn as of now, and a clock that reads earlier as no time passed', () => {
    const { ewma } = after({ after: 0, latencyMs: 100 }, { after: 5_000, latencyMs: 100 })
    const late = observePeakEwma(ewma, { ok: true, latencyMs: 300, at: T0 + 1_000 })
    expect(late).toMatchObject({ at: T0 + 5_000, peakMs: 300 })
    expect(readPeakEwma(ewma, T0)).toBe(readPeakEwma(ewma, T0 + 5_000))
  })
})

const call = fc.record({
  ok: fc.boolean(),
  latencyMs: fc.double({ min: 0, max: 120_000, noNaN: true }),
  wait: fc.constantFrom(0, 1, 500, 10_000, 900_000),
})

// Mutants killed in this file: a failure counts for the time it took alone, or like a success, or without a limit, or
// lowers the value · a success lowers it at once, or never raises it · the mean stands still, or begins slowly.
it('never falls by a failure, never lies under the last success, and never leaves the range of what it saw', () => {
  fc.assert(
    fc.property(fc.array(call, { minLength: 1, maxLength: 30 }), (calls) => {
      let ewma: PeakEwma | null = null
      let at = T0
      let slowest = 0
      for (const { ok, latencyMs, wait } of calls) {
        at += wait
        const before: PeakEwma | null = ewma
        const valueBefore = before === null ? 0 : readPeakEwma(before, at)
        ewma = observePeakEwma(before, { ok, latencyMs, at })
        const now = readPeakEwma(ewma, at)
        slowest = Math.max(slowest, latencyMs, 60_000)
        expect(now).toBeGreaterThanOrEqual((ok ? latencyMs : valueBefore) * (1 - 1e-9))
        if (!ok) expect(now).toBeGreaterThan(Math.min(999, valueBefore))
        expect(now).toBeLessThanOrEqual(slowest * (1 + 1e-9))
        expect(readPeakEwma(ewma, at + 1_000)).toBeLessThanOrEqual(now)
        if (!ok && before !== null) expect(ewma.meanMs ?? 0).toBeLessThanOrEqual(before.meanMs ?? 0)
      }
    }),
  )
})
