import { describe, expect, it } from 'vitest'
import type { Bucket } from '#lib/contract/check.ts'
import { bucketFigures, csvText, FIGURE_COLUMNS, figuresFileName } from './chart-figures.ts'
import { timeGrid } from './time-grid.ts'

const MINUTE = 60_000
const FROM = Date.UTC(2026, 0, 31, 12)
const GRID = timeGrid({ from: FROM, to: FROM + 2 * MINUTE, resolutionMs: MINUTE, now: FROM, zone: 'UTC' })
const BUCKET: Bucket = {
  at: new Date(FROM + MINUTE).toISOString(),
  count: 4,
  ok: 2,
  slow: 1,
  byClass: { ok: 2, provider_error: 1, client_error: 1 },
  latency: { p50: 100.5, p95: 200, p99: 300, avg: 120, max: 400 },
  successRate: 2 / 3,
}

describe('the figures of a chart', () => {
  it('have a row for each bucket, empty where nothing was measured', () => {
    expect(csvText(bucketFigures(GRID, [BUCKET], FIGURE_COLUMNS.latency))).toBe(
      'from,p50_ms,p95_ms,p99_ms,avg_ms,max_ms,ok\r\n' +
        '2026-01-31T12:00:00.000Z,,,,,,\r\n' +
        '2026-01-31T12:01:00.000Z,100.5,200,300,120,400,2\r\n',
    )
  })

  it('count what success is counted of', () => {
    const { rows } = bucketFigures(GRID, [BUCKET], FIGURE_COLUMNS.success)
    expect(rows[1]?.slice(1)).toEqual([2 / 3, 2, 3])
  })

  it('have every class and the total', () => {
    const { columns, rows } = bucketFigures(GRID, [BUCKET], FIGURE_COLUMNS.volume)
    const row = Object.fromEntries(columns.map((name, i) => [name, rows[1]?.[i]]))
    expect(row).toMatchObject({
      ok: 2,
      provider_error: 1,
      client_error: 1,
      rate_limited: 0,
      slow: 1,
      calls: 4,
    })
  })
})

describe('CSV', () => {
  it.each([
    ['a comma', 'a,b', '"a,b"'],
    ['a quote', 'say "hi"', '"say ""hi"""'],
    ['a formula', '=1+1', "'=1+1"],
    ['a formula that has to be quoted', '@SUM(1,2)', `"'@SUM(1,2)"`],
    ['a minus', '-x', "'-x"],
  ])('holds %s', (_what, cell, text) => {
    expect(csvText({ columns: ['a'], rows: [[cell]] })).toBe(`a\r\n${text}\r\n`)
  })

  it('leaves negative numbers numbers', () => {
    expect(csvText({ columns: ['a'], rows: [[-1]] })).toBe('a\r\n-1\r\n')
  })
})

describe('a file’s name', () => {
  it('says what and when, in letters that any disk takes', () => {
    expect(figuresFileName(['Azure EU/x', 'Latency'], GRID)).toBe(
      'azure-eu-x-latency-20260131T1200Z-20260131T1202Z',
    )
  })
})
