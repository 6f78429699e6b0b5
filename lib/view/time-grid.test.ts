import { describe, expect, it } from 'vitest'
import {
  bucketWords,
  MAX_BUCKETS,
  onGrid,
  timeGrid,
  type TimeGridInput,
  timeTicks,
  withDottedTail,
} from './time-grid.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const NOON = Date.UTC(2026, 0, 31, 12)
const iso = (at: number) => new Date(at).toISOString()

const grid = (over: Partial<TimeGridInput> = {}) =>
  timeGrid({ from: NOON - HOUR, to: NOON, resolutionMs: MINUTE, now: NOON, zone: 'UTC', ...over })

describe('a time grid', () => {
  it('covers the range with buckets that begin at multiples of the resolution', () => {
    const { starts, middles, from, to } = grid()
    expect(starts).toHaveLength(60)
    expect([starts[0], starts.at(-1)]).toEqual([NOON - HOUR, NOON - MINUTE])
    expect(middles[0]).toBe(NOON - HOUR + MINUTE / 2)
    expect([from, to]).toEqual([NOON - HOUR, NOON])
  })

  it('takes in the whole first and last bucket when the range cuts them', () => {
    const { from, to, starts } = grid({ from: NOON - HOUR + 1, to: NOON + 1 })
    expect([from, to]).toEqual([NOON - HOUR, NOON + MINUTE])
    expect(starts).toHaveLength(61)
  })

  it('marks the first bucket that has not ended, and none when all have', () => {
    expect(grid().unfinished).toBeNull()
    expect(grid({ to: NOON + 1, now: NOON + 1 }).unfinished).toBe(60)
    expect(grid({ now: NOON - 1 }).unfinished).toBe(59)
  })

  it('never has more buckets than a screen could show, however long the range', () => {
    const { starts, resolutionMs } = grid({ from: 0, to: 400 * DAY, resolutionMs: 1_000 })
    expect(starts.length).toBeLessThanOrEqual(MAX_BUCKETS + 1)
    expect(resolutionMs % 1_000).toBe(0)
  })

  it('has one bucket for an empty range, and stands a resolution that is none', () => {
    expect(grid({ from: NOON, to: NOON }).starts).toHaveLength(1)
    expect(grid({ resolutionMs: 0 }).starts).toHaveLength(60)
  })

  it('puts day buckets on UTC days, also over a change of the clocks elsewhere', () => {
    const march = Date.UTC(2026, 2, 27)
    const { starts } = grid({ from: march, to: march + 5 * DAY, resolutionMs: DAY, zone: 'Europe/Berlin' })
    expect(starts).toHaveLength(5)
    expect(starts.every((start) => start % DAY === 0)).toBe(true)
  })
})

describe('putting measurements on the grid', () => {
  it('leaves null where nothing was measured', () => {
    const slots = onGrid(grid(), [{ at: iso(NOON - 2 * MINUTE) }])
    expect(slots).toHaveLength(60)
    expect(slots.filter((slot) => slot !== null)).toEqual([slots[58]])
  })

  it('takes what is inside a bucket, and leaves out what is outside the range', () => {
    const at = [NOON - HOUR - 1, NOON - HOUR, NOON - 1, NOON].map((time) => ({ at: iso(time) }))
    const slots = onGrid(grid(), at)
    expect([slots[0], slots[59]]).toEqual([at[1], at[2]])
    expect(slots.filter((slot) => slot !== null)).toHaveLength(2)
    expect(Object.keys(slots)).toHaveLength(60)
  })
})

describe('the dotted tail', () => {
  it('joins the unfinished bucket to the last finished one', () => {
    expect(withDottedTail({ unfinished: 3 }, [1, 2, 3, 4])).toEqual({
      solid: [1, 2, 3, null],
      dotted: [null, null, 3, 4],
    })
  })

  it('is empty when all buckets have ended', () => {
    expect(withDottedTail({ unfinished: null }, [1, 2])).toEqual({ solid: [1, 2], dotted: [null, null] })
  })

  it('leaves a gap before the unfinished bucket as it is', () => {
    expect(withDottedTail({ unfinished: 1 }, [null, 2]).dotted).toEqual([null, 2])
    expect(withDottedTail({ unfinished: 0 }, [7]).dotted).toEqual([7])
  })
})

describe('the words of a bucket', () => {
  it.each([
    [10_000, '10 s buckets'],
    [MINUTE, '1 min buckets'],
    [90_000, '90 s buckets'],
    [5 * MINUTE, '5 min buckets'],
    [6 * HOUR, '6 h buckets'],
    [DAY, '1 day buckets (UTC)'],
  ])('says %d ms as %s', (width, words) => expect(bucketWords(width)).toBe(words))
})

describe('ticks', () => {
  const labels = (from: number, to: number, zone = 'UTC') =>
    timeTicks({ from, to, zone, about: 6 }).map(({ label }) => label)

  it('stand at round times', () => {
    expect(labels(NOON - HOUR + 7_000, NOON)).toEqual(['11:10', '11:20', '11:30', '11:40', '11:50', '12:00'])
    expect(labels(NOON - MINUTE, NOON)).toEqual([
      '11:59:00',
      '11:59:10',
      '11:59:20',
      '11:59:30',
      '11:59:40',
      '11:59:50',
      '12:00:00',
    ])
  })

  it('name the day at midnight and over many days', () => {
    expect(labels(NOON - DAY, NOON)).toEqual(['12:00', '18:00', '31 Jan', '06:00', '12:00'])
    expect(labels(NOON - 10 * DAY, NOON)).toEqual(['23 Jan', '25 Jan', '27 Jan', '29 Jan', '31 Jan'])
  })

  it('stand at the first of months over a long range, and name the year', () => {
    expect(labels(NOON - 400 * DAY, NOON)).toEqual([
      'Jan 2025',
      'Apr 2025',
      'Jul 2025',
      'Oct 2025',
      'Jan 2026',
    ])
    const [first] = timeTicks({ from: NOON - 120 * DAY, to: NOON, zone: 'Europe/Berlin', about: 6 })
    expect(iso(first?.at ?? 0)).toBe('2025-10-31T23:00:00.000Z')
  })

  it('are round on the clock of the zone, half-hour zones included', () => {
    expect(labels(NOON - DAY, NOON, 'Asia/Kolkata')).toEqual(['18:00', '31 Jan', '06:00', '12:00'])
    expect(labels(NOON - DAY, NOON, 'America/New_York')).toEqual(['12:00', '18:00', '31 Jan', '06:00'])
  })

  it('stay round and in order over a change of the clocks', () => {
    const change = Date.UTC(2026, 2, 29, 1)
    const ticks = timeTicks({
      from: change - 12 * HOUR,
      to: change + 12 * HOUR,
      zone: 'Europe/Berlin',
      about: 6,
    })
    expect(ticks.map(({ label }) => label)).toEqual(['18:00', '29 Mar', '06:00', '12:00'])
    expect(ticks.every(({ at }, i) => i === 0 || at > (ticks[i - 1]?.at ?? 0))).toBe(true)
  })

  it('are few for any range, and none for one that is no range', () => {
    expect(labels(0, 50 * 365 * DAY).length).toBeLessThan(60)
    expect(labels(Number.NaN, NOON)).toEqual([])
  })
})
