import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MinuteCounts } from './minute-counts.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOON = Date.UTC(2026, 0, 31, 12)

const one = { ok: 1, failed: 0, traffic: 1 }
const none = { ok: 0, failed: 0, traffic: 0 }

describe('counts by the minute', () => {
  it('takes in the window and what is left of its first minute', () => {
    const counts = new MinuteCounts()
    counts.record(NOON, one)
    counts.record(NOON + 5 * MINUTE, { ok: 0, failed: 2, traffic: 0 })
    const now = NOON + 5 * MINUTE + 30_000
    expect(counts.countsIn(now, 5 * MINUTE)).toEqual({ ok: 1, failed: 2, traffic: 1 })
    expect(counts.countsIn(now, 4 * MINUTE)).toEqual({ ok: 0, failed: 2, traffic: 0 })
    expect(counts.countsIn(NOON + 6 * MINUTE, 5 * MINUTE)).toEqual({ ok: 0, failed: 2, traffic: 0 })
  })

  it('takes a window of more than an hour in steps of five minutes', () => {
    const counts = new MinuteCounts()
    counts.record(NOON + 4 * MINUTE, one)
    counts.record(NOON + 5 * MINUTE, { ok: 0, failed: 2, traffic: 0 })
    expect(counts.countsIn(NOON + 64 * MINUTE, HOUR)).toEqual({ ok: 1, failed: 2, traffic: 1 })
    expect(counts.countsIn(NOON + 66 * MINUTE, HOUR)).toEqual(none)
    expect(counts.countsIn(NOON + 2 * HOUR + 4 * MINUTE, 2 * HOUR)).toEqual({ ok: 1, failed: 2, traffic: 1 })
    expect(counts.countsIn(NOON + 2 * HOUR + 5 * MINUTE, 2 * HOUR)).toEqual({ ok: 0, failed: 2, traffic: 0 })
  })

  it('forgets what is older than six hours, also where nothing has come since', () => {
    const counts = new MinuteCounts()
    counts.record(NOON, one)
    expect(counts.countsIn(NOON + 6 * HOUR, 6 * HOUR)).toEqual(one)
    expect(counts.countsIn(NOON + 6 * HOUR + 5 * MINUTE, 6 * HOUR)).toEqual(none)
    counts.record(NOON, one)
    expect(counts.countsIn(NOON + 6 * HOUR + 5 * MINUTE, 6 * HOUR)).toEqual(none)
    // A turn of the ring later nothing of it comes back.
    expect(counts.countsIn(NOON + 73 * 5 * MINUTE * 2, 6 * HOUR)).toEqual(none)
    expect(counts.countsIn(NOON + 61 * MINUTE * 400, HOUR)).toEqual(none)
  })

  it('counts nothing twice when the clock is set back', () => {
    const counts = new MinuteCounts()
    counts.record(NOON + 60 * MINUTE, one)
    expect(counts.countsIn(NOON + 59 * MINUTE, HOUR)).toEqual(none)
  })

  it('says since when it counts, and not by what it dropped', () => {
    const counts = new MinuteCounts()
    expect(counts.countedSince).toBeNull()
    counts.record(NOON + 90_000, one)
    counts.record(NOON + 30_000, one)
    counts.record(NOON - 7 * HOUR, one)
    expect(counts.countedSince).toBe(NOON)
  })

  it('is a plain count of what ended since the window’s first slice began, in any order', () => {
    const call = fc.record({
      at: fc.integer({ min: 0, max: 14 * HOUR }),
      failed: fc.integer({ min: 0, max: 3 }),
    })
    const asked = fc.record({
      after: fc.integer({ min: 0, max: 3 * HOUR }),
      minutes: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 61, max: 360 })),
    })
    fc.assert(
      fc.property(fc.array(call, { maxLength: 60, size: 'max' }), asked, (calls, { after, minutes }) => {
        const [sliceMs, slices] = minutes <= 60 ? [MINUTE, 61] : [5 * MINUTE, 73]
        const counts = new MinuteCounts()
        let newest = 0
        const kept = calls.filter(({ at, failed }) => {
          const slice = Math.floor((NOON + at) / sliceMs)
          newest = Math.max(newest, slice)
          counts.record(NOON + at, { ok: 1, failed, traffic: 0 })
          return slice > newest - slices
        })
        const now = Math.max(newest * sliceMs, NOON) + after
        const windowMs = minutes * MINUTE
        const first = Math.floor((now - windowMs) / sliceMs)
        const within = kept.filter(({ at }) => Math.floor((NOON + at) / sliceMs) >= first)
        expect(counts.countsIn(now, windowMs)).toEqual({
          ok: within.length,
          failed: within.reduce((sum, { failed }) => sum + failed, 0),
          traffic: 0,
        })
      }),
    )
  })
})
