import { describe, expect, it } from 'vitest'
import { momentOfWallClock, readRangeForm, wallClock } from './range-form.ts'

const NOW = Date.UTC(2026, 2, 31, 12)
const UTC = { zone: 'UTC', now: NOW }

describe('a wall clock', () => {
  it.each(['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York'])(
    'of %s is read as written',
    (zone) => {
      for (const at of [NOW, Date.UTC(2026, 0, 15, 23, 30), Date.UTC(2026, 2, 29, 3)]) {
        expect(momentOfWallClock(wallClock(at, zone), zone)).toBe(at)
      }
    },
  )

  it('is the zone’s, not the machine’s', () => {
    expect(wallClock(Date.UTC(2026, 6, 1, 10), 'Europe/Berlin')).toBe('2026-07-01T12:00')
    expect(momentOfWallClock('2026-07-01T12:00', 'Europe/Berlin')).toBe(Date.UTC(2026, 6, 1, 10))
  })

  it.each(['', 'yesterday', '2026-01-31', '2026-13-01T00:00', '2026-01-31T25:00'])(
    'is not read from %j',
    (text) => expect(momentOfWallClock(text, 'UTC')).toBeNull(),
  )
})

describe('the form of a range', () => {
  it('is a window when both ends are right', () => {
    expect(readRangeForm({ from: '2026-03-30T00:00', to: '2026-03-31T00:00' }, UTC)).toEqual({
      window: { from: Date.UTC(2026, 2, 30), to: Date.UTC(2026, 2, 31) },
    })
  })

  it.each([
    ['an end that is missing', { from: '2026-03-30T00:00', to: '' }, { to: 'a date and a time are needed' }],
    [
      'the wrong way round',
      { from: '2026-03-30T01:00', to: '2026-03-30T00:00' },
      { from: 'must be before the end' },
    ],
    ['the future', { from: '2026-04-30T00:00', to: '2026-05-01T00:00' }, { from: 'must lie in the past' }],
    [
      'more than is kept',
      { from: '2025-01-01T00:00', to: '2026-03-31T00:00' },
      { from: 'at most 400 days before the end' },
    ],
  ])('says what is wrong with %s', (_what, values, errors) => {
    expect(readRangeForm(values, UTC)).toEqual({ errors })
  })

  it('takes 400 days exactly', () => {
    const to = Date.UTC(2026, 2, 31)
    const from = wallClock(to - 400 * 86_400_000, 'UTC')
    expect(readRangeForm({ from, to: wallClock(to, 'UTC') }, UTC)).toHaveProperty('window')
  })
})
