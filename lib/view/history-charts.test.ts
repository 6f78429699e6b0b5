import { describe, expect, it } from 'vitest'
import type { Bucket } from '#lib/contract/check.ts'
import type { OutcomeClass } from '#lib/domain/outcome.ts'
import { axisFromZero } from './axis-scale.ts'
import { chartPlace } from './chart-place.ts'
import { checkTicksView } from './check-ticks-view.ts'
import { latencyView } from './latency-view.ts'
import { successView } from './success-view.ts'
import { timeGrid } from './time-grid.ts'
import { stackBoxes, volumeView } from './volume-view.ts'

const MINUTE = 60_000
const FROM = Date.UTC(2026, 0, 31, 12)
const LIMITS = { failoverThreshold: 0.8, minSamples: 5 }

const gridOf = (minutes: number, now = FROM + minutes * MINUTE) =>
  timeGrid({ from: FROM, to: FROM + minutes * MINUTE, resolutionMs: MINUTE, now, zone: 'UTC' })

/** A bucket `minute` after the begin, with so many calls of each class; `ms` is its median. */
function bucket(minute: number, byClass: Partial<Record<OutcomeClass, number>>, ms = 100): Bucket {
  const ok = byClass.ok ?? 0
  const counted = ok + (byClass.provider_error ?? 0) + (byClass.credentials ?? 0)
  return {
    at: new Date(FROM + minute * MINUTE).toISOString(),
    count: Object.values(byClass).reduce((sum, n) => sum + n, 0),
    ok,
    slow: 0,
    byClass,
    latency: ok === 0 ? null : { p50: ms, p95: ms * 2, p99: ms * 3, avg: ms, max: ms * 4 },
    successRate: counted === 0 ? null : ok / counted,
  }
}

describe('all charts of a page', () => {
  it('have the same buckets, in the middle of which they draw', () => {
    const grid = gridOf(4)
    const buckets = [bucket(1, { ok: 9 })]
    const xs = [
      latencyView(grid, buckets, { limitMs: null }).rows,
      successView(grid, buckets, LIMITS).rows,
      volumeView(grid, []).rows,
    ].map((rows) => rows.map(({ x }) => x))
    expect(xs[0]).toEqual([0.5, 1.5, 2.5, 3.5].map((n) => FROM + n * MINUTE))
    expect(xs[1]).toEqual(xs[0])
    expect(xs[2]).toEqual(xs[0])
  })
})

describe('the latency chart', () => {
  it('leaves a gap, and never a zero, where nothing succeeded', () => {
    const { rows } = latencyView(gridOf(3), [bucket(0, { ok: 5 }), bucket(1, { provider_error: 5 })], {
      limitMs: null,
    })
    expect(rows.map(({ p50, band }) => [p50, band])).toEqual([
      [100, [100, 200]],
      [null, null],
      [null, null],
    ])
  })

  it('has nothing to draw without data, and says so', () => {
    const view = latencyView(gridOf(3), [], { limitMs: 3_000 })
    expect(view.hasData).toBe(false)
    expect(view.summary).toBe('Latency: no call succeeded in this range.')
    expect(view.scale.max).toBeGreaterThan(0)
  })

  it('marks a point between two gaps, which no line can show', () => {
    const { rows } = latencyView(gridOf(4), [bucket(1, { ok: 1 }), bucket(3, { ok: 1 })], { limitMs: null })
    expect(rows.map(({ p50Dot, p99Dot }) => [p50Dot, p99Dot])).toEqual([
      [null, null],
      [100, 300],
      [null, null],
      [100, 300],
    ])
    const pair = latencyView(gridOf(3), [bucket(0, { ok: 1 }), bucket(1, { ok: 1 })], { limitMs: null })
    expect(pair.rows.map(({ p50Dot }) => p50Dot)).toEqual([null, null, null])
  })

  it('shows all there is by a dot when that is the unfinished bucket', () => {
    const unfinished = gridOf(3, FROM + 2.5 * MINUTE)
    const only = [bucket(2, { ok: 5 })]
    expect(latencyView(unfinished, only, { limitMs: null }).rows.at(-1)?.p50Dot).toBe(100)
    expect(successView(unfinished, only, LIMITS).rows.at(-1)?.dot).toBe(100)
  })

  it('draws the unfinished bucket dotted, joined to the one before', () => {
    const { rows } = latencyView(
      gridOf(3, FROM + 2.5 * MINUTE),
      [0, 1, 2].map((n) => bucket(n, { ok: 5 }, 100 + n)),
      { limitMs: null },
    )
    expect(rows.map(({ p50, p50Dotted }) => [p50, p50Dotted])).toEqual([
      [100, null],
      [101, 101],
      [null, 102],
    ])
    expect(rows.map(({ bandDotted }) => bandDotted !== null)).toEqual([false, true, true])
  })

  it('starts at zero and holds the highest p99, however far it is', () => {
    const { scale } = latencyView(gridOf(2), [bucket(0, { ok: 5 }, 3), bucket(1, { ok: 5 }, 90_000)], {
      limitMs: null,
    })
    expect(scale.ticks[0]).toBe(0)
    expect(scale.max).toBeGreaterThanOrEqual(270_000)
    expect(scale.ticks.length).toBeLessThanOrEqual(5)
  })

  it('draws the limit only where it does not flatten the rest', () => {
    expect(latencyView(gridOf(2), [bucket(0, { ok: 5 }, 500)], { limitMs: 3_000 })).toMatchObject({
      limitMs: 3_000,
      scale: { max: 3_000 },
    })
    expect(latencyView(gridOf(2), [bucket(0, { ok: 5 }, 50)], { limitMs: 3_000 }).limitMs).toBeNull()
  })

  it('tells the last, the slowest, and how often it was over the limit', () => {
    const { summary } = latencyView(gridOf(3), [bucket(0, { ok: 5 }, 2_000), bucket(1, { ok: 5 }, 400)], {
      limitMs: 3_000,
    })
    expect(summary).toMatch(
      /^Latency: median 400.ms and p95 800.ms lately; p95 highest at 4\.0.s, 12:00:00; above 3\.0.s in 1 of 2 buckets\.$/,
    )
  })

  it('has a table row for each bucket, with a dash where nothing was measured', () => {
    const { table } = latencyView(gridOf(2, FROM + 1.5 * MINUTE), [bucket(0, { ok: 5 })], { limitMs: null })
    expect(table.columns).toEqual(['From (UTC)', 'p50', 'p95', 'p99', 'highest', 'successes'])
    expect(table.rows[1]).toEqual(['12:01, unfinished', '–', '–', '–', '–', '0'])
  })
})

describe('the success chart', () => {
  const rates = (buckets: Bucket[]) => successView(gridOf(3), buckets, LIMITS).rows.map(({ rate }) => rate)

  it('is neither 0 nor 100 % where nothing counted', () => {
    expect(rates([bucket(0, { rate_limited: 9 }), bucket(1, { client_error: 3, cancelled: 1 })])).toEqual([
      null,
      null,
      null,
    ])
  })

  it('shows a rate that too few calls stand behind, but does not call it sure', () => {
    const { rows, unsureBuckets } = successView(
      gridOf(2),
      [bucket(0, { ok: 4 }), bucket(1, { ok: 4, provider_error: 1 })],
      LIMITS,
    )
    expect(rows.map(({ rate, sure }) => [rate, sure])).toEqual([
      [100, null],
      [80, 80],
    ])
    expect(unsureBuckets).toBe(1)
  })

  it('counts over the range, and gives no rate below the samples needed', () => {
    expect(successView(gridOf(2), [bucket(0, { ok: 3 }), bucket(1, { ok: 1 })], LIMITS)).toMatchObject({
      total: { ok: 4, counted: 4, rate: null },
      summary: 'Success rate: 4 of 5 samples, too few for a rate.',
    })
    expect(successView(gridOf(2), [bucket(0, { ok: 9, credentials: 1 })], LIMITS).total.rate).toBe(0.9)
  })

  it('begins its axis at 0, or says that it does not', () => {
    const low = successView(gridOf(1), [bucket(0, { ok: 4, provider_error: 6 })], LIMITS)
    expect([low.scale.min, low.axisWords]).toEqual([0, null])
    const high = successView(gridOf(1), [bucket(0, { ok: 99, provider_error: 1 })], LIMITS)
    expect([high.scale.min, high.axisWords]).toEqual([50, 'axis from 50 %'])
    const higher = { failoverThreshold: 0.95, minSamples: 5 }
    expect(successView(gridOf(1), [bucket(0, { ok: 99, provider_error: 1 })], higher).scale.min).toBe(90)
  })

  it('keeps the threshold on the axis when the provider is perfect', () => {
    const { scale, thresholdPercent } = successView(gridOf(1), [bucket(0, { ok: 9 })], LIMITS)
    expect(scale.min).toBeLessThan(thresholdPercent)
  })

  it('tells how far and how often it fell', () => {
    const { summary } = successView(
      gridOf(3),
      [bucket(0, { ok: 10 }), bucket(1, { ok: 5, provider_error: 5 })],
      LIMITS,
    )
    expect(summary).toMatch(
      /^Success rate: 75.% of 20 calls, lowest 50.%, in 1 of 2 buckets below the threshold of 80.%\.$/,
    )
    expect(successView(gridOf(3), [], LIMITS).summary).toBe(
      'Success rate: nothing was counted in this range.',
    )
  })
})

describe('the volume chart', () => {
  it('stacks the classes that occurred, always in the same order', () => {
    const view = volumeView(gridOf(3), [
      bucket(0, { credentials: 1, ok: 5 }),
      bucket(2, { provider_error: 2 }),
    ])
    expect(view.series.map((series) => [series.class, series.total])).toEqual([
      ['ok', 5],
      ['provider_error', 2],
      ['credentials', 1],
    ])
    expect(view.scale.max).toBeGreaterThanOrEqual(6)
    expect(view.summary).toBe('8 calls: 5 ok, 2 provider errors, 1 credentials refused.')
  })

  it('counts in whole numbers on its axis', () => {
    const { scale } = volumeView(gridOf(2), [bucket(0, { ok: 1 })])
    expect(scale.ticks.every(Number.isInteger)).toBe(true)
  })

  it('has nothing to draw without calls', () => {
    expect(volumeView(gridOf(2), [])).toMatchObject({ hasData: false, summary: 'Calls: none in this range.' })
  })

  it('marks the unfinished bucket', () => {
    const { rows } = volumeView(gridOf(2, FROM + 1.5 * MINUTE), [])
    expect(rows.map(({ unfinished }) => unfinished)).toEqual([false, true])
  })
})

describe('the check ticks', () => {
  it('stand where checks were run, marked with the worst of the bucket and how much of it that is', () => {
    const { ticks } = checkTicksView(gridOf(4), [
      bucket(0, { ok: 2 }),
      bucket(2, { ok: 1, provider_error: 2, credentials: 1 }),
      bucket(3, { ok: 1, rate_limited: 1 }),
    ])
    expect(ticks.map(({ x, mark, share }) => [x, mark, share])).toEqual([
      [0, 'passed', 1],
      [0.5, 'failed', 0.75],
      [0.75, 'limited', 0.5],
    ])
  })

  it('sum up the checks', () => {
    expect(checkTicksView(gridOf(4), []).summary).toBe('Checks: none in this range.')
    expect(checkTicksView(gridOf(4), [bucket(0, { provider_error: 38 })]).summary).toBe(
      '38 checks: 38 provider errors.',
    )
    expect(checkTicksView(gridOf(4), [bucket(0, { ok: 2, internal: 1 })]).summary).toBe(
      '3 checks: 2 ok, 1 our own fault.',
    )
  })
})

describe('an axis from zero', () => {
  it.each([
    [0, 1, 1],
    [1, 1, 1],
    [7, 1, 8],
    [95, 1, 100],
    [1_240, 1, 1_500],
    [1e12, 1, 1e12],
  ])('for a peak of %d in steps of at least %d ends at %d', (peak, step, max) => {
    const scale = axisFromZero(peak, step)
    expect(scale.max).toBe(max)
    expect(scale.ticks.length).toBeGreaterThanOrEqual(2)
    expect(scale.ticks.length).toBeLessThanOrEqual(5)
    expect(scale.ticks.at(-1)).toBe(max)
  })
})

describe('the stack of calls', () => {
  const grid = gridOf(4)
  const place = chartPlace(grid, { min: 0, max: 10 }, 115)
  const boxesOf = (buckets: readonly Bucket[], outcomeClass: OutcomeClass, unfinished = false) =>
    stackBoxes(volumeView(grid, buckets), {
      class: outcomeClass,
      unfinished,
      resolutionMs: grid.resolutionMs,
      place,
    })

  it('puts each class on top of those before it', () => {
    const buckets = [bucket(1, { ok: 6, provider_error: 4 })]
    const [ok] = boxesOf(buckets, 'ok')
    const [failed] = boxesOf(buckets, 'provider_error')
    expect(ok).toEqual({ x: 2_625, y: 54, width: 2_250, height: 60 })
    expect(failed).toEqual({ x: 2_625, y: 14, width: 2_250, height: 40 })
  })

  it('still shows a single failure among thousands', () => {
    const high = chartPlace(grid, { min: 0, max: 10_000 }, 115)
    const view = volumeView(grid, [bucket(0, { ok: 9_999, provider_error: 1 })])
    const choice = { class: 'provider_error', unfinished: false, resolutionMs: grid.resolutionMs } as const
    expect(stackBoxes(view, { ...choice, place: high })[0]?.height).toBe(1.5)
  })

  it('keeps the unfinished bucket apart, and draws nothing where nothing was called', () => {
    const half = gridOf(4, FROM + 3.5 * MINUTE)
    const view = volumeView(half, [bucket(0, { ok: 1 }), bucket(3, { ok: 1 })])
    const choice = { class: 'ok', resolutionMs: half.resolutionMs, place } as const
    expect(stackBoxes(view, { ...choice, unfinished: false }).map(({ x }) => x)).toEqual([125])
    expect(stackBoxes(view, { ...choice, unfinished: true }).map(({ x }) => x)).toEqual([7_625])
  })
})
