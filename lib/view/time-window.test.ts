import { describe, expect, it } from 'vitest'
import { resolutionFor } from '#lib/contract/resolution.ts'
import {
  draggedWindow,
  followsStream,
  historyAsk,
  parseTimeWindow,
  refreshMs,
  type TimeWindow,
  windowInWords,
  windowQuery,
} from './time-window.ts'
import type { TimeRange } from './time-range.ts'

const HOUR = 3_600_000
const NOW = Date.UTC(2026, 0, 31, 12, 0, 7)
const HOUR_LIVE: TimeWindow = { kind: 'live', range: '1h' }

describe('the window in the URL', () => {
  it('is live without from and to', () => {
    expect(parseTimeWindow({ range: '6h' })).toEqual({ kind: 'live', range: '6h' })
    expect(parseTimeWindow({ range: 'nonsense' })).toEqual(HOUR_LIVE)
  })

  it('is fixed with both, in ISO or epoch ms', () => {
    const past = { kind: 'past', from: NOW - HOUR, to: NOW }
    expect(parseTimeWindow({ from: new Date(NOW - HOUR).toISOString(), to: String(NOW) })).toEqual(past)
  })

  it.each([
    ['only one of them', { from: String(NOW) }],
    ['no times', { from: 'yesterday', to: 'today' }],
    ['the wrong way round', { from: String(NOW), to: String(NOW - HOUR) }],
    ['too short', { from: String(NOW - 10), to: String(NOW) }],
    ['longer than what is kept', { from: '0', to: String(NOW) }],
    ['beyond what a date can be', { from: '9'.repeat(20), to: '9'.repeat(21) }],
  ])('falls back to the default when it is %s', (_why, query) => {
    expect(parseTimeWindow(query)).toEqual(HOUR_LIVE)
  })
})

describe('the window in words', () => {
  it('names its length while it is live, and both ends when it is fixed', () => {
    const words = (window: TimeWindow) => windowInWords(window, 'UTC')
    expect(words({ kind: 'live', range: '400d' })).toBe('last 400 days')
    expect(words({ kind: 'past', from: NOW - HOUR, to: NOW })).toBe('31 Jan 11:00:07 UTC to 12:00:07')
    expect(words({ kind: 'past', from: NOW - 48 * HOUR, to: NOW })).toBe(
      '29 Jan 12:00:07 UTC to 31 Jan 12:00:07 UTC',
    )
  })
})

describe('the window as a query', () => {
  it('is read back as it was', () => {
    for (const window of [
      HOUR_LIVE,
      { kind: 'live', range: '400d' },
      { kind: 'past', from: NOW - HOUR, to: NOW },
    ] satisfies TimeWindow[]) {
      expect(parseTimeWindow(Object.fromEntries(windowQuery(window)))).toEqual(window)
    }
    expect(windowQuery(HOUR_LIVE)).toEqual([])
  })
})

describe('what the history is asked for', () => {
  const ask = (window: TimeWindow, intervalMs: number) => historyAsk({ window, intervalMs, now: NOW })

  it('has buckets of at least two check intervals, so that checks alone leave no gaps', () => {
    const { from, points } = ask(HOUR_LIVE, 30_000)
    expect(resolutionFor(NOW - from, points)).toBe(60_000)
  })

  it('has no more buckets than a screen shows', () => {
    expect(ask({ kind: 'live', range: '48h' }, 1_000).points).toBeLessThanOrEqual(722)
  })

  it.each(['24h', '48h', '7d', '14d', '30d', '90d', '180d', '400d'] as const)(
    'has 240 to 720 buckets over %s',
    (range) => {
      const { from, points } = ask({ kind: 'live', range }, 30_000)
      const buckets = (NOW - from) / resolutionFor(NOW - from, points)
      expect(buckets).toBeGreaterThanOrEqual(240)
      expect(buckets).toBeLessThanOrEqual(722)
    },
  )

  it('asks for no more than 400 days and the days at both ends', () => {
    const { from, to } = ask({ kind: 'past', from: NOW - 400 * 24 * HOUR, to: NOW }, 30_000)
    expect(((to ?? 0) - from) / (24 * HOUR)).toBeLessThanOrEqual(402)
  })

  it('begins on a bucket’s edge and ends at the server’s now', () => {
    const { from, to } = ask(HOUR_LIVE, 30_000)
    expect(from % 60_000).toBe(0)
    expect(from).toBeLessThanOrEqual(NOW - HOUR)
    expect(to).toBeNull()
  })

  it('ends a fixed window on an edge too', () => {
    const { from, to, points } = ask({ kind: 'past', from: NOW - HOUR, to: NOW }, 30_000)
    const width = resolutionFor((to ?? 0) - from, points)
    expect([from % width, (to ?? 1) % width]).toEqual([0, 0])
  })

  it('keeps its bucket width from one second to the next', () => {
    const widths = Array.from({ length: 120 }, (_, second) => {
      const now = NOW + second * 1_000
      const { from, points } = historyAsk({ window: HOUR_LIVE, intervalMs: 30_000, now })
      return resolutionFor(now - from, points)
    })
    expect(new Set(widths)).toEqual(new Set([60_000]))
  })
})

describe('a drag over a chart', () => {
  const range = { from: NOW - (NOW % HOUR), to: NOW - (NOW % HOUR) + HOUR, resolutionMs: 60_000 }

  it('selects whole buckets, in either direction', () => {
    const window = { from: range.from + 15 * 60_000, to: range.from + 31 * 60_000 }
    expect(draggedWindow(range, 0.255, 0.505)).toEqual(window)
    expect(draggedWindow(range, 0.505, 0.255)).toEqual(window)
  })

  it('means nothing when it is only a click, or all there is', () => {
    expect(draggedWindow(range, 0.5, 0.505)).toBeNull()
    expect(draggedWindow(range, -1, 2)).toBeNull()
  })

  it('never selects less than can be shown', () => {
    expect(draggedWindow({ ...range, to: range.from + 60_000, resolutionMs: 1_000 }, 0.5, 0.6)).toBeNull()
  })
})

describe('a live window is asked for again', () => {
  const live = (range: TimeRange): TimeWindow => ({ kind: 'live', range })

  it('as often as its buckets can change, between every 5 s and every minute', () => {
    expect((['15m', '6h', '24h', '30d'] as const).map((range) => refreshMs(live(range)))).toEqual([
      5_000, 5_000, 20_000, 60_000,
    ])
  })

  it('by the stream where that is quick, by the clock where it is not', () => {
    expect((['1h', '6h', '24h', '7d'] as const).map((range) => followsStream(live(range)))).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})
