import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newLastHour } from './last-hour.ts'
import { OUTCOME_CLASSES, OUTCOME_SOURCES } from './outcome.ts'
import type { OutcomeClass } from './outcome.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const outcome = (outcomeClass: OutcomeClass, at: number, latencyMs: number | null = 100) =>
  ({ class: outcomeClass, source: 'active', latencyMs, at }) as const

describe('the last hour', () => {
  it('says null for what was not measured', () => {
    expect(newLastHour().figures(0)).toEqual({
      count: 0,
      successRate: null,
      p50Ms: null,
      p95Ms: null,
      traffic: {},
    })
  })

  it('tells the traffic alone as its figures tell it', () => {
    const hour = newLastHour()
    for (const source of ['active', 'passive', 'passive'] as const) {
      hour.record({ ...outcome('ok', 5 * MINUTE), source })
    }
    expect(hour.trafficVolume(10 * MINUTE)).toEqual({ lastHour: 2, hourBefore: 0 })
    expect(hour.figures(10 * MINUTE).traffic).toEqual({ ok: 2 })
    expect(hour.trafficVolume(HOUR + 10 * MINUTE)).toEqual({ lastHour: 0, hourBefore: 2 })
    expect(hour.figures(HOUR + 10 * MINUTE).traffic).toEqual({})
    expect(hour.trafficVolume(3 * HOUR)).toEqual({ lastHour: 0, hourBefore: 0 })
  })

  it('counts neutral outcomes but takes no rate from them', () => {
    const hour = newLastHour()
    for (const neutral of ['rate_limited', 'client_error', 'cancelled', 'internal'] as const) {
      hour.record(outcome(neutral, 0))
    }
    expect(hour.figures(0)).toMatchObject({ count: 4, successRate: null, p50Ms: null, p95Ms: null })
  })

  it('takes provider errors and credentials for failures', () => {
    const hour = newLastHour()
    for (const outcomeClass of ['ok', 'ok', 'provider_error', 'credentials', 'client_error'] as const) {
      hour.record(outcome(outcomeClass, 0))
    }
    expect(hour.figures(0)).toMatchObject({ count: 5, successRate: 0.5 })
  })

  it('takes latency from successes that measured it, alone', () => {
    const hour = newLastHour()
    hour.record(outcome('provider_error', 0, 1))
    hour.record(outcome('rate_limited', 0, 2))
    expect(hour.figures(0).p95Ms).toBeNull()
    hour.record(outcome('ok', 0, null))
    expect(hour.figures(0).p95Ms).toBeNull()
    for (let ms = 1; ms <= 100; ms += 1) hour.record(outcome('ok', 0, ms))
    expect(hour.figures(0).p50Ms).toBeCloseTo(50, -0.5)
    expect(Math.abs(hour.figures(0).p95Ms! - 95)).toBeLessThanOrEqual(1.9)
  })

  it('counts traffic for its share, of any class', () => {
    const hour = newLastHour()
    hour.record({ ...outcome('ok', 0), source: 'passive' })
    hour.record({ ...outcome('client_error', 0), source: 'passive' })
    hour.record(outcome('ok', 0))
    expect(hour.figures(0)).toMatchObject({ count: 3, traffic: { ok: 1, client_error: 1 } })
  })

  it('never holds a call older than an hour, and holds all of the last 55 minutes', () => {
    for (let minute = 0; minute < 15; minute += 1) {
      const hour = newLastHour()
      hour.record(outcome('ok', minute * MINUTE))
      expect(hour.figures(minute * MINUTE + 55 * MINUTE).count).toBe(1)
      expect(hour.figures(minute * MINUTE + HOUR).count).toBe(0)
    }
  })

  it('can be filled with the past, oldest first, and then go on', () => {
    const hour = newLastHour()
    for (let at = 0; at < 3 * HOUR; at += MINUTE) hour.record(outcome('ok', at))
    expect(hour.figures(3 * HOUR - 1).count).toBe(60)
    hour.record(outcome('ok', HOUR))
    expect(hour.figures(3 * HOUR - 1).count).toBe(60)
  })

  it('counts outcomes that are alike as if they came one by one', () => {
    const [together, oneByOne] = [newLastHour(), newLastHour()]
    for (const outcomeClass of OUTCOME_CLASSES) {
      for (const source of OUTCOME_SOURCES) {
        const one = { ...outcome(outcomeClass, HOUR), source }
        together.record(one, 3)
        for (let time = 0; time < 3; time += 1) oneByOne.record(one)
      }
    }
    expect(together.figures(HOUR)).toEqual(oneByOne.figures(HOUR))
    expect(together.figures(HOUR).count).toBe(3 * 2 * OUTCOME_CLASSES.length)
  })

  // Mutants killed: failures counted as others, traffic counted for checks, latency taken of failures, the hour before
  // counted without its end (what is older than two hours in it), both hours counted as the last.
  it('adds up, whatever comes', () => {
    const any = fc.record({
      class: fc.constantFrom(...OUTCOME_CLASSES),
      source: fc.constantFrom(...OUTCOME_SOURCES),
      latencyMs: fc.option(fc.double({ min: 1, max: 1_000, noNaN: true }), { nil: null }),
      at: fc.integer({ min: 0, max: 3 * HOUR }),
    })
    fc.assert(
      fc.property(fc.array(any, { maxLength: 100, size: 'max' }), (calls) => {
        const hour = newLastHour()
        const ordered = calls.toSorted((a, b) => a.at - b.at)
        for (const call of ordered) hour.record(call)
        const now = ordered.at(-1)?.at ?? 0
        const from = Math.floor(now / (5 * MINUTE)) * 5 * MINUTE - 55 * MINUTE
        const within = ordered.filter(({ at }) => at >= from)
        const ok = within.filter((call) => call.class === 'ok')
        const failed = within.filter((call) => ['provider_error', 'credentials'].includes(call.class))
        const figures = hour.figures(now)
        expect(figures.count).toBe(within.length)
        const traffic = (some: typeof ordered) => some.filter(({ source }) => source === 'passive').length
        const earlier = ordered.filter(({ at }) => at < from && at >= from - HOUR)
        expect(hour.trafficVolume(now)).toEqual({ lastHour: traffic(within), hourBefore: traffic(earlier) })
        expect(Object.values(figures.traffic).reduce((sum, count) => sum + count, 0)).toBe(traffic(within))
        expect(figures.successRate).toBe(
          ok.length + failed.length === 0 ? null : ok.length / (ok.length + failed.length),
        )
        expect(figures.p95Ms === null).toBe(ok.every(({ latencyMs }) => latencyMs === null))
      }),
    )
  })

  // Killed: what comes late counted in a histogram that is then forgotten.
  it('counts what comes late for minutes that are over', () => {
    const hour = newLastHour()
    for (const at of [1, 6, 11, 2, 3]) hour.record(outcome('ok', at * MINUTE, at * 10))
    expect(hour.figures(12 * MINUTE)).toMatchObject({ count: 5, p50Ms: expect.closeTo(30, -0.5) as number })
    expect(hour.p95(12 * MINUTE, HOUR)).toBeCloseTo(110, -1)
  })
})
