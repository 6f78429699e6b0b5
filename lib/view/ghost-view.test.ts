import { describe, expect, it } from 'vitest'
import type { Bucket, History } from '#lib/contract/check.ts'
import { resolutionFor } from '#lib/contract/resolution.ts'
import { ghostView, ghostWords } from './ghost-view.ts'
import { latencyView } from './latency-view.ts'
import { successView } from './success-view.ts'
import { timeGrid } from './time-grid.ts'
import { historyAsk, previousAsk, type TimeWindow } from './time-window.ts'
import { volumeView } from './volume-view.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const FROM = Date.UTC(2026, 0, 31, 12)
const iso = (at: number) => new Date(at).toISOString()
const grid = timeGrid({
  from: FROM,
  to: FROM + 4 * MINUTE,
  resolutionMs: MINUTE,
  now: FROM + HOUR,
  zone: 'UTC',
})

const bucket = (at: number, ok: number, failed = 0): Bucket => ({
  at: iso(at),
  count: ok + failed,
  ok,
  slow: 0,
  byClass: { ok, provider_error: failed },
  latency: ok === 0 ? null : { p50: 100, p95: 900, p99: 950, avg: 200, max: 990 },
  successRate: ok + failed === 0 ? null : ok / (ok + failed),
})

const before = (resolutionMs: number, buckets: Bucket[]): History => ({
  from: iso(FROM - 4 * MINUTE),
  to: iso(FROM),
  resolutionMs,
  source: null,
  buckets,
})
const ghostOf = (history: History) =>
  ghostView(grid, { before: history, shiftMs: 4 * MINUTE, words: 'the 4 min before' })

describe('the period before', () => {
  it('stands bucket by bucket under this one, with its gaps', () => {
    const ghost = ghostOf(before(MINUTE, [bucket(FROM - 4 * MINUTE, 9, 1), bucket(FROM - 2 * MINUTE, 5)]))
    expect(ghost.rate).toEqual([0.9, null, 1, null])
    expect(ghost.count).toEqual([10, null, 5, null])
    expect(ghost.total).toEqual({ ok: 14, counted: 15, calls: 15 })
  })

  it('repeats wider buckets, whose counts are shared out', () => {
    const ghost = ghostOf(before(2 * MINUTE, [bucket(FROM - 4 * MINUTE, 10)]))
    expect(ghost.p50).toEqual([100, 100, null, null])
    expect(ghost.count).toEqual([5, 5, null, null])
  })

  it('is asked for just before, in the same buckets', () => {
    const now = FROM + 7_000
    const windows: TimeWindow[] = [
      { kind: 'live', range: '1h' },
      { kind: 'live', range: '30d' },
      { kind: 'past', from: FROM - 90 * MINUTE, to: FROM - 13 * MINUTE },
    ]
    for (const window of windows) {
      const ask = { window, intervalMs: 30_000, now }
      const here = historyAsk(ask)
      const earlier = previousAsk(ask)
      const width = resolutionFor((here.to ?? now) - here.from, here.points)
      expect(earlier.shiftMs % width).toBe(0)
      expect(here.from - earlier.from).toBe(earlier.shiftMs)
      expect(earlier.to).toBeGreaterThanOrEqual(here.from)
      expect(resolutionFor(earlier.to - earlier.from, earlier.points)).toBe(width)
    }
  })

  it('is named by its length', () => {
    expect(ghostWords({ kind: 'live', range: '1h' })).toBe('the hour before')
    expect(ghostWords({ kind: 'live', range: '7d' })).toBe('the 7 days before')
  })
})

describe('charts with the period before', () => {
  const ghost = ghostOf(before(MINUTE, [bucket(FROM - 4 * MINUTE, 4, 6), bucket(FROM - 3 * MINUTE, 50)]))
  const now = [bucket(FROM, 9), bucket(FROM + MINUTE, 9)]

  it('draw it, list it, and say how it was', () => {
    const success = successView(grid, now, { failoverThreshold: 0.8, minSamples: 5, ghost })
    expect(success.rows.map((row) => row.ghost)).toEqual([40, 100, null, null])
    expect(success.table.columns.at(-1)).toBe('the 4 min before')
    expect(success.table.rows[0]?.at(-1)).toMatch(/^40.%$/)
    expect(success.summary).toMatch(/; 90.% of 60 calls in the 4 min before\.$/)
  })

  it('have room for it on their axes', () => {
    expect(successView(grid, now, { failoverThreshold: 0.8, minSamples: 5, ghost }).scale.min).toBe(0)
    expect(volumeView(grid, now, ghost).scale.max).toBeGreaterThanOrEqual(50)
    const quick = now.map((one) => ({ ...one, latency: { p50: 1, p95: 2, p99: 3, avg: 1, max: 3 } }))
    expect(latencyView(grid, quick, { limitMs: null, ghost }).scale.max).toBeGreaterThanOrEqual(900)
  })

  it('are as before without it', () => {
    const { rows, table } = volumeView(grid, now)
    expect(rows.every((row) => row.ghost === null)).toBe(true)
    expect(table.columns.at(-1)).toBe('all')
  })
})
