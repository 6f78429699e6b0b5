import { describe, expect, it } from 'vitest'
import type { Bucket, History } from '#lib/contract/check.ts'
import {
  comparables,
  comparedKey,
  parseCompared,
  parseComparison,
  parseMetric,
  searchComparables,
} from './compare-choice.ts'
import { compareFigures, compareGrid, type CompareInput, compareView } from './compare-view.ts'

const MINUTE = 60_000
const FROM = Date.UTC(2026, 0, 31, 12)
const iso = (at: number) => new Date(at).toISOString()

const bucket = (minute: number, ok: number, failed = 0, ms = 100): Bucket => ({
  at: iso(FROM + minute * MINUTE),
  count: ok + failed,
  ok,
  slow: 0,
  byClass: { ok, provider_error: failed },
  latency: ok === 0 ? null : { p50: ms, p95: ms * 2, p99: ms * 3, avg: ms, max: ms * 4 },
  successRate: ok + failed === 0 ? null : ok / (ok + failed),
})
const history = (buckets: Bucket[], endMinute = 4): History => ({
  from: iso(FROM),
  to: iso(FROM + endMinute * MINUTE),
  resolutionMs: MINUTE,
  source: null,
  buckets,
})
const inputs = (...buckets: (Bucket[] | null)[]): CompareInput[] =>
  buckets.map((one, i) => ({ key: `p${i}`, label: `P${i}`, history: one && history(one) }))
const viewOf = (all: CompareInput[], metric: Parameters<typeof compareView>[2] = 'success') => {
  const grid = compareGrid(all, 'UTC')
  if (!grid) throw new Error('there is no grid')
  return compareView(grid, all, metric)
}

describe('what is compared', () => {
  it('is written as an id, or an id and a model that may have slashes', () => {
    for (const key of ['azure-eu', 'azure-eu/gpt-4o', 'router/meta/llama-3']) {
      const compared = parseCompared(key)
      expect(compared && comparedKey(compared)).toBe(key)
    }
    expect(parseCompared('router/meta/llama-3')).toEqual({ providerId: 'router', model: 'meta/llama-3' })
    for (const key of ['', '/gpt-4o', 'azure-eu/']) expect(parseCompared(key)).toBeNull()
  })

  it('is each thing once, and eight at most', () => {
    expect(parseComparison(['a', 'b', 'a'])).toHaveLength(2)
    expect(parseComparison(Array.from({ length: 20 }, (_, i) => `p${i}`))).toHaveLength(8)
  })

  it('is picked from providers, each followed by its models', () => {
    const all = comparables(
      [
        { id: 'b', name: 'Beta' },
        { id: 'a', name: 'Alpha' },
      ],
      [
        { providerId: 'b', model: null },
        { providerId: 'b', model: 'gpt-4o' },
      ],
    )
    expect(all.map(({ label }) => label)).toEqual(['Alpha', 'Beta', 'Beta · gpt-4o'])
    expect(searchComparables(all, ' GPT').map(({ key }) => key)).toEqual(['b/gpt-4o'])
  })

  it('is compared by success unless the URL says otherwise', () => {
    expect([parseMetric('p95'), parseMetric('nonsense'), parseMetric(null)]).toEqual([
      'p95',
      'success',
      'success',
    ])
  })
})

describe('a comparison', () => {
  it('puts all on the buckets that reach furthest, with gaps where one has nothing', () => {
    const all: CompareInput[] = [
      { key: 'a', label: 'A', history: history([bucket(0, 9, 1)], 3) },
      { key: 'b', label: 'B', history: history([bucket(3, 5)], 4) },
    ]
    const { rows, series } = viewOf(all)
    expect(rows.map(({ values }) => values)).toEqual([
      [90, null],
      [null, null],
      [null, null],
      [null, 100],
    ])
    expect(series.map(({ place }) => place)).toEqual([0, 1])
  })

  it('has nothing to draw while nothing was read, and a line missing while one was not', () => {
    expect(compareGrid(inputs(null, null), 'UTC')).toBeNull()
    const { series, summary } = viewOf(inputs([bucket(0, 9, 1)], null))
    expect(series.map(({ hasData }) => hasData)).toEqual([true, false])
    expect(summary).toMatch(/^Success rate: P0 at 90.% lately\.$/)
  })

  it('tells the highest and the lowest', () => {
    const { summary } = viewOf(inputs([bucket(0, 1, 0, 500)], [bucket(0, 1, 0, 50)], []), 'p95')
    expect(summary).toMatch(
      /^Latency, p95 lately: P0 highest at 1\.0.s, P1 lowest at 100.ms; nothing measured for 1 of 3\.$/,
    )
  })

  it('begins its axis at 0 but for success that lies far above, which it says', () => {
    expect(viewOf(inputs([bucket(0, 99, 1)]))).toMatchObject({
      scale: { min: 90 },
      axisWords: 'axis from 90 %',
    })
    expect(viewOf(inputs([bucket(0, 1, 9)])).scale.min).toBe(0)
    expect(viewOf(inputs([bucket(0, 1, 0, 900)]), 'p99').scale.min).toBe(0)
  })

  it('lists every series as a table, and as plain numbers for a file', () => {
    const all = inputs([bucket(0, 3, 1)], [bucket(1, 1)])
    const { table } = viewOf(all, 'calls')
    expect(table.columns).toEqual(['From (UTC)', 'P0', 'P1'])
    expect(table.rows.slice(0, 2)).toEqual([
      ['12:00', '4', '–'],
      ['12:01', '–', '1'],
    ])
    const grid = compareGrid(all, 'UTC')
    expect(grid && compareFigures(grid, all, 'success').rows.slice(0, 2)).toEqual([
      [iso(FROM), 0.75, null],
      [iso(FROM + MINUTE), null, 1],
    ])
  })
})
