import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expandRecurrence, recurrenceProblem, type Recurrence } from './recurrence.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

const windows = (recurrence: Recurrence, from: string, to: string): string[] =>
  expandRecurrence(recurrence, { from: Date.parse(from), to: Date.parse(to) }).map(
    (window) => `${iso(window.from)} – ${iso(window.until)}`,
  )
const iso = (at: number) => new Date(at).toISOString().replace(/:00\.000Z$/, 'Z')

const daily = (cron: string, zone: string, durationMs = HOUR_MS): Recurrence => ({ cron, zone, durationMs })

describe('expandRecurrence', () => {
  it.each<[why: string, recurrence: Recurrence, from: string, to: string, expected: string[]]>([
    [
      'an ordinary night in Berlin',
      daily('30 2 * * *', 'Europe/Berlin'),
      '2026-02-01T00:00Z',
      '2026-02-02T00:00Z',
      ['2026-02-01T01:30Z – 2026-02-01T02:30Z'],
    ],
    [
      'the hour that Berlin leaves out in spring: it begins when that is over',
      daily('30 2 * * *', 'Europe/Berlin'),
      '2026-03-29T00:00Z',
      '2026-03-30T12:00Z',
      ['2026-03-29T01:00Z – 2026-03-29T02:00Z', '2026-03-30T00:30Z – 2026-03-30T01:30Z'],
    ],
    [
      'one of several hours in that gap',
      daily('30 2,14 * * *', 'Europe/Berlin'),
      '2026-03-29T00:00Z',
      '2026-03-29T13:00Z',
      ['2026-03-29T01:00Z – 2026-03-29T02:00Z', '2026-03-29T12:30Z – 2026-03-29T13:30Z'],
    ],
    [
      'the hour that comes twice in Berlin in autumn: the first time only',
      daily('30 2 * * *', 'Europe/Berlin'),
      '2026-10-24T12:00Z',
      '2026-10-26T12:00Z',
      ['2026-10-25T00:30Z – 2026-10-25T01:30Z', '2026-10-26T01:30Z – 2026-10-26T02:30Z'],
    ],
    [
      'two hours over the change in spring are two hours, not one',
      daily('0 1 * * *', 'Europe/Berlin', 2 * HOUR_MS),
      '2026-03-29T00:00Z',
      '2026-03-29T12:00Z',
      ['2026-03-29T00:00Z – 2026-03-29T02:00Z'],
    ],
    [
      'the half hour that Lord Howe leaves out',
      daily('15 2 * * *', 'Australia/Lord_Howe'),
      '2026-10-03T00:00Z',
      '2026-10-05T00:00Z',
      ['2026-10-03T15:30Z – 2026-10-03T16:30Z', '2026-10-04T15:15Z – 2026-10-04T16:15Z'],
    ],
    [
      'the half hour that comes twice on Lord Howe',
      daily('45 1 * * *', 'Australia/Lord_Howe'),
      '2026-04-04T00:00Z',
      '2026-04-06T00:00Z',
      ['2026-04-04T14:45Z – 2026-04-04T15:45Z', '2026-04-05T15:15Z – 2026-04-05T16:15Z'],
    ],
    [
      'Kathmandu, 5 h 45 min ahead',
      daily('0 0 * * *', 'Asia/Kathmandu'),
      '2026-01-01T12:00Z',
      '2026-01-02T12:00Z',
      ['2026-01-01T18:15Z – 2026-01-01T19:15Z'],
    ],
    [
      'one that has begun before, and one that begins within',
      daily('0 12 * * *', 'UTC'),
      '2026-01-01T12:30Z',
      '2026-01-02T12:01Z',
      ['2026-01-01T12:00Z – 2026-01-01T13:00Z', '2026-01-02T12:00Z – 2026-01-02T13:00Z'],
    ],
    [
      'neither one that ended at from nor one that begins at to',
      daily('0 12 * * *', 'UTC'),
      '2026-01-01T13:00Z',
      '2026-01-02T12:00Z',
      [],
    ],
    [
      'windows that meet are one',
      daily('0 10-12 * * *', 'UTC'),
      '2026-01-01T00:00Z',
      '2026-01-02T00:00Z',
      ['2026-01-01T10:00Z – 2026-01-01T13:00Z'],
    ],
    [
      'a long one does not end where a shorter rest would',
      daily('0 0 * * SAT', 'UTC', 2 * DAY_MS),
      '2026-01-04T00:00Z',
      '2026-01-05T00:00Z',
      ['2026-01-03T00:00Z – 2026-01-05T00:00Z'],
    ],
  ])('finds %s', (_why, recurrence, from, to, expected) => {
    expect(windows(recurrence, from, to)).toEqual(expected)
  })

  it('says the same of a span whether it is asked at once or hour by hour', () => {
    const zones = fc.constantFrom(
      'Europe/Berlin',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'America/New_York',
    )
    const times = fc.record({
      minute: fc.integer({ min: 0, max: 59 }),
      hour: fc.integer({ min: 0, max: 23 }),
    })
    const starts = fc.integer({ min: Date.UTC(2026, 0, 1) / HOUR_MS, max: Date.UTC(2026, 11, 31) / HOUR_MS })
    fc.assert(
      fc.property(zones, times, starts, (zone, { minute, hour }, start) => {
        const recurrence = daily(`${minute} ${hour} * * *`, zone)
        const [from, to] = [start * HOUR_MS, (start + 48) * HOUR_MS]
        const whole = expandRecurrence(recurrence, { from, to })
        const pieces = Array.from({ length: 48 }, (_, index) =>
          expandRecurrence(recurrence, { from: from + index * HOUR_MS, to: from + (index + 1) * HOUR_MS }),
        ).flat()
        const distinct = [...new Map(pieces.map((window) => [window.from, window])).values()]
        expect(distinct).toEqual(whole)
        expect(whole.length).toBeGreaterThanOrEqual(1)
      }),
      { numRuns: 40 },
    )
  })

  it('throws for what it cannot read', () => {
    expect(() => windows(daily('61 2 * * *', 'UTC'), '2026-01-01T00:00Z', '2026-01-02T00:00Z')).toThrow(
      RangeError,
    )
  })
})

describe('recurrenceProblem', () => {
  it.each<[recurrence: Recurrence, field: string | undefined, words: RegExp | undefined]>([
    [daily('30 2 * * *', 'Europe/Berlin'), undefined, undefined],
    [daily('0 * * * *', 'UTC'), undefined, undefined],
    [daily('@weekly', 'Asia/Kathmandu'), undefined, undefined],
    [daily('61 2 * * *', 'UTC'), 'cron', /five fields: Invalid value for minute: 61/],
    [daily('* 2 * *', 'UTC'), 'cron', /five fields/],
    [daily('0 0 2 * * *', 'UTC'), 'cron', /five fields/],
    [daily('', 'UTC'), 'cron', /five fields/],
    [daily('2026-01-01T00:00:00', 'UTC'), 'cron', /is a date/],
    [daily('0 0 30 2 *', 'UTC'), 'cron', /never comes/],
    [daily('*/30 * * * *', 'UTC'), 'cron', /24 times a day/],
    [daily('30 2 * * *', 'Mars/Base'), 'zone', /"Mars\/Base" is no time zone/],
    [daily('30 2 * * *', ''), 'zone', /no time zone/],
    [daily('30 2 * * *', '+01:00'), 'zone', /no time zone/],
    [daily('30 2 * * *', 'UTC', 59_999), 'durationMs', /1 minute to 7 days/],
    [daily('30 2 * * *', 'UTC', 60_000), undefined, undefined],
    [daily('30 2 * * *', 'UTC', 7 * DAY_MS), undefined, undefined],
    [daily('30 2 * * *', 'UTC', 7 * DAY_MS + 1), 'durationMs', /1 minute to 7 days/],
    [daily('30 2 * * *', 'UTC', Number.NaN), 'durationMs', /1 minute to 7 days/],
  ])('of %o is one of %s', (recurrence, field, words) => {
    const problem = recurrenceProblem(recurrence)
    expect(problem?.field).toBe(field)
    if (words !== undefined) expect(problem?.message).toMatch(words)
  })
})
