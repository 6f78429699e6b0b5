import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDueAt, firstDue, isMissed, nextDue } from './schedule.ts'
import type { CheckedCircuit } from './schedule.ts'

const INTERVAL = 30_000

/** A fixed, evenly spread stream of rolls: the golden ratio's multiples. */
const rolls = (length: number) => Array.from({ length }, (_, n) => (n * 0.6180339887498949) % 1)

describe('Health 5: checks are spread over the interval', () => {
  it('gives each provider of a starting fleet a place of its own', () => {
    const dues = Array.from({ length: 4 }, (_, index) =>
      firstDue({ now: 1_000, intervalMs: 2_000, index, count: 4, lastCheckAt: null }),
    )
    expect(dues).toEqual([1_000, 1_500, 2_000, 2_500])
  })

  it('checks a provider that is added alone at once', () => {
    expect(firstDue({ now: 7, intervalMs: INTERVAL, index: 0, count: 1, lastCheckAt: null })).toBe(7)
  })

  it.each([
    ['still to come: kept', 90_000, 120_000],
    ['just due: its place', 70_000, 115_000],
    ['long over: its place', 5_000, 115_000],
    ['from a clock that ran ahead: its place', 100_001, 115_000],
  ])('after a restart, with the old rhythm %s', (_why, lastCheckAt, expected) => {
    expect(firstDue({ now: 100_000, intervalMs: INTERVAL, index: 1, count: 2, lastCheckAt })).toBe(expected)
  })

  it('starts no fleet as a burst, whenever its providers were last checked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60_000, max: 1e9 }), (downMs) => {
        const count = 300
        const dues = Array.from({ length: count }, (_, index) =>
          firstDue({ now: downMs, intervalMs: INTERVAL, index, count, lastCheckAt: index }),
        )
        const bySecond = Map.groupBy(dues, (due) => Math.floor((due - downMs) / 1_000))
        expect(Math.max(...[...bySecond.values()].map((each) => each.length))).toBeLessThanOrEqual(11)
      }),
    )
  })
})

describe('Health 5: jitter of ±10 %, and no drift', () => {
  const tick = (roll: number, lateMs = 0) =>
    nextDue({ dueAt: 100_000, now: 100_000 + lateMs, intervalMs: INTERVAL, jitter: 0.1, roll })

  it('waits an interval, give or take a tenth', () => {
    expect(tick(0)).toBe(127_000)
    expect(tick(0.5)).toBe(130_000)
    expect(tick(0.999_999)).toBe(133_000)
  })

  it('reckons from when the check was due, not from when it ran', () => {
    expect(tick(0.5, 2_999)).toBe(tick(0.5, 0))
  })

  it('keeps the mean at the interval, however late each tick runs', () => {
    let dueAt = 0
    const ticks = 10_000
    for (const roll of rolls(ticks)) {
      dueAt = nextDue({ dueAt, now: dueAt + 500, intervalMs: INTERVAL, jitter: 0.1, roll })
    }
    expect(Math.abs(dueAt / ticks - INTERVAL)).toBeLessThan(1)
  })

  // Mutants killed: jitter of twice the share, reckoned from `now`, missed ticks replayed.
  it('always lies ahead, by at most an interval and its jitter', () => {
    const any = fc.record({
      dueAt: fc.integer({ min: 0, max: 1e9 }),
      late: fc.integer({ min: 0, max: 1e7 }),
      intervalMs: fc.integer({ min: 1_000, max: 3_600_000 }),
      jitter: fc.double({ min: 0, max: 0.5, noNaN: true }),
      roll: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    })
    fc.assert(
      fc.property(any, ({ dueAt, late, intervalMs, jitter, roll }) => {
        const now = dueAt + late
        const next = nextDue({ dueAt, now, intervalMs, jitter, roll })
        expect(next).toBeGreaterThan(now)
        expect(next).toBeLessThanOrEqual(now + Math.ceil(intervalMs * (1 + jitter)))
        expect(Number.isInteger(next)).toBe(true)
        if (!isMissed({ dueAt, now, intervalMs })) {
          expect(Math.abs(next - dueAt - intervalMs)).toBeLessThanOrEqual(intervalMs * jitter + 0.5)
        }
      }),
    )
  })
})

describe('Health 5: after a stall missed ticks are dropped, not replayed', () => {
  it('calls a tick missed when no jitter could have made it so late', () => {
    expect(isMissed({ dueAt: 0, now: 3_000, intervalMs: INTERVAL })).toBe(false)
    expect(isMissed({ dueAt: 0, now: 3_001, intervalMs: INTERVAL })).toBe(true)
  })

  it('spreads providers that a stall made due together over their interval again', () => {
    const count = 300
    const now = 1_000_000
    const dues = rolls(count).map((roll, n) =>
      nextDue({ dueAt: now - 600_000 + n, now, intervalMs: INTERVAL, jitter: 0.1, roll }),
    )
    const bySecond = Map.groupBy(dues, (due) => Math.floor((due - now) / 1_000))
    expect(bySecond.size).toBeGreaterThanOrEqual(30)
    expect(Math.max(...[...bySecond.values()].map((each) => each.length))).toBeLessThanOrEqual(12)
    expect(Math.min(...dues)).toBeGreaterThan(now)
  })

  it('owes one check for a stall of any length, not one for each tick', () => {
    let dueAt = 0
    let ran = 0
    for (let now = 3_600_000; now < 3_600_000 + 10 * INTERVAL; now += 100) {
      if (dueAt > now) continue
      const tick = { dueAt, now, intervalMs: INTERVAL, jitter: 0, roll: 0.5 }
      if (!isMissed(tick)) ran += 1
      dueAt = nextDue(tick)
    }
    expect(ran).toBe(10)
  })
})

describe('Circuits 12: the circuit brings checks forward, never back', () => {
  const free = { lastStartedAt: 95_000, isPaid: false }
  const paid = { ...free, isPaid: true }
  const closed: CheckedCircuit = { state: 'closed', since: 0, retryAt: null }
  const open: CheckedCircuit = { state: 'open', since: 90_000, retryAt: 110_000 }
  const halfOpen: CheckedCircuit = { state: 'half_open', since: 94_000, retryAt: null }

  it.each<[why: string, regular: number, circuit: CheckedCircuit, facts: typeof free, due: number]>([
    ['closed: the regular one', 120_000, closed, free, 120_000],
    ['open: when it may be tried', 120_000, open, free, 110_000],
    ['open, paid: then too', 120_000, open, paid, 110_000],
    ['open: a regular one before goes on', 105_000, open, free, 105_000],
    ['half-open: five seconds after the last', 120_000, halfOpen, free, 100_000],
    ['half-open, paid: at its interval', 120_000, halfOpen, paid, 120_000],
    ['half-open: a shorter interval is kept', 97_000, halfOpen, free, 97_000],
  ])('%s', (...[, regular, circuit, facts, due]) => {
    expect(checkDueAt(regular, circuit, facts)).toBe(due)
  })

  it.each([
    ['a check from before does not count', 93_999],
    ['none has run yet', null],
  ])('makes one due as soon as it turns half-open, also a paid one: %s', (_why, lastStartedAt) => {
    for (const isPaid of [false, true]) {
      expect(checkDueAt(120_000, halfOpen, { lastStartedAt, isPaid })).toBe(94_000)
    }
  })
})
