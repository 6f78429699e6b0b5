import { describe, expect, it } from 'vitest'
import type { Bucket, History } from '#lib/contract/check.ts'
import { resolutionFor } from '#lib/contract/resolution.ts'
import { heatFigures, heatParts, heatView, type HeatPart } from './heat-view.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const TODAY = Date.UTC(2026, 0, 31)
const NOW = TODAY + 12 * HOUR + 60_000
const LIMITS = { failoverThreshold: 0.8, degradedSuccessRate: 0.95 }
const iso = (at: number) => new Date(at).toISOString()

const bucket = (at: number, ok: number, failed = 0): Bucket => ({
  at: iso(at),
  count: ok + failed,
  ok,
  slow: 0,
  byClass: { ok, provider_error: failed },
  latency: ok === 0 ? null : { p50: 100, p95: 200, p99: 300, avg: 100, max: 300 },
  successRate: ok + failed === 0 ? null : ok / (ok + failed),
})
const history = (buckets: Bucket[], resolutionMs = HOUR / 4): History => ({
  from: iso(TODAY),
  to: iso(NOW),
  resolutionMs,
  source: null,
  buckets,
})
const TODAY_PART: HeatPart = { from: TODAY, to: TODAY + DAY, points: 96, isOver: false }
const today = (buckets: Bucket[], resolutionMs?: number) =>
  heatView([{ part: TODAY_PART, history: history(buckets, resolutionMs) }], LIMITS, NOW)

describe('the parts of a heat strip', () => {
  it('are whole days, at least a week of them, the last one going on', () => {
    const parts = heatParts({ kind: 'live', range: '1h' }, NOW)
    expect(parts[0]?.from).toBe(TODAY - 6 * DAY)
    expect(parts.at(-1)).toMatchObject({ to: TODAY + DAY, isOver: false })
    expect(parts.slice(0, -1).every(({ isOver }) => isOver)).toBe(true)
    expect(parts.every(({ from }, i) => i === 0 || from === parts[i - 1]?.to)).toBe(true)
  })

  it('are asked for in quarters of an hour, also when today has hardly begun', () => {
    for (const now of [NOW, TODAY + 1_000, TODAY + 23 * HOUR]) {
      for (const { from, to, points } of heatParts({ kind: 'live', range: '30d' }, now)) {
        expect(resolutionFor(to - from, points)).toBe(HOUR / 4)
        expect(points).toBeLessThanOrEqual(672)
      }
    }
  })

  it('stay the same from one day to the next, save for the last and the first', () => {
    const key = ({ from, to }: HeatPart) => `${from} ${to}`
    const before = heatParts({ kind: 'live', range: '30d' }, NOW).map(key)
    const after = heatParts({ kind: 'live', range: '30d' }, NOW + DAY).map(key)
    expect(after.filter((part) => before.includes(part)).length).toBeGreaterThanOrEqual(2)
  })

  it('end with a window in the past, and show no more than four weeks', () => {
    const to = TODAY - 100 * DAY
    const parts = heatParts({ kind: 'past', from: to - 300 * DAY, to }, NOW)
    expect(parts.at(-1)?.to).toBe(to)
    expect(parts[0]?.from).toBe(to - 28 * DAY)
  })
})

describe('a heat strip', () => {
  it('has a quarter of an hour a cell, up to now, the newest day first', () => {
    const { rows } = heatView(
      [{ part: { ...TODAY_PART, from: TODAY - DAY }, history: history([]) }],
      LIMITS,
      NOW,
    )
    expect(rows.map(({ label, cells }) => [label, cells.length])).toEqual([
      ['Sat 31 Jan', 49],
      ['Fri 30 Jan', 96],
    ])
  })

  it('judges each by the thresholds, and nothing where nothing counts', () => {
    const at = (i: number) => TODAY + i * (HOUR / 4)
    const { rows } = today([
      bucket(at(0), 30),
      bucket(at(1), 98, 2),
      bucket(at(2), 9, 1),
      bucket(at(3), 1, 1),
    ])
    expect(rows[0]?.cells.slice(0, 5).map(({ level }) => level)).toEqual([
      'all',
      'most',
      'some',
      'bad',
      'none',
    ])
    expect(rows[0]?.cells[3]?.label).toMatch(/^Sat 31 Jan 00:45 to 01:00 UTC: 50.% of 2 calls, p95 200.ms$/)
    expect(rows[0]?.cells[4]?.label).toMatch(/no calls$/)
  })

  it('says 100 % only of a whole', () => {
    expect(today([bucket(TODAY, 9_999, 1)]).rows[0]?.cells[0]?.level).toBe('most')
  })

  it('has wider cells where only hours are kept', () => {
    const { rows } = today([bucket(TODAY + HOUR, 1, 9)], HOUR)
    expect(rows[0]?.cells).toHaveLength(13)
    expect(rows[0]?.cells[1]).toMatchObject({ level: 'bad', width: 1 / 24, x: 1 / 24 })
  })

  it('joins buckets that are finer than a cell', () => {
    const { rows } = today([bucket(TODAY, 5), bucket(TODAY + 300_000, 4, 1)], 300_000)
    expect(rows[0]?.cells[0]?.label).toMatch(/90.% of 10 calls$/)
  })

  it('sums up, also as a table, and says where nothing was', () => {
    const view = today([bucket(TODAY, 1, 9), bucket(TODAY + HOUR, 10)])
    expect(view.summary).toBe(
      'Success over 1 day: 1 of 2 stretches below what is good, most of them on Sat 31 Jan.',
    )
    expect(view.table.rows).toHaveLength(1)
    expect(view.table.rows[0]?.slice(2)).toEqual(['20', '20', '1', '00:00'])
    expect(today([])).toMatchObject({ hasData: false, summary: 'Success over 1 day: no calls.' })
  })

  it('has a row for the file for each bucket', () => {
    expect(heatFigures([history([bucket(TODAY, 3, 1)]), null]).rows).toEqual([[iso(TODAY), 0.75, 3, 4, 4]])
  })
})
