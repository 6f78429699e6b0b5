import { describe, expect, it } from 'vitest'
import type { Suggestion, TriedThresholds } from '#lib/contract/preview.ts'
import { DEFAULT_SETTINGS, type Settings } from '#lib/contract/settings.ts'
import { withThresholds } from '#lib/contract/tried-thresholds.ts'
import { axisAround } from './axis-scale.ts'
import { figures } from './preview.fixture.ts'
import {
  isStillFor,
  startWords,
  suggestionChanges,
  suggestionTable,
  suggestionView,
  weightWords,
} from './suggestion-view.ts'

const thresholds: TriedThresholds = {
  failureThreshold: 5,
  failureRate: 0.5,
  window: '60s',
  recoveryTimeout: '60s',
}
const tried = (
  failureThreshold: number,
  [through, refused]: readonly [number, number],
  { isStart = false, onFrontier = true } = {},
): Suggestion => ({
  thresholds: { ...thresholds, failureThreshold },
  figures: figures({ failuresLetThrough: through, goodCallsRefused: refused, openings: 2 }),
  isStart,
  onFrontier,
})
const eager = tried(1, [10, 90])
const middle = tried(3, [40, 40])
const start = tried(5, [80, 41], { isStart: true, onFrontier: false })
const lazy = tried(20, [300, 0])
const dominated = tried(8, [90, 45], { onFrontier: false })
const all = { tried: [eager, middle, start, dominated, lazy] }

const draft: Settings = {
  ...DEFAULT_SETTINGS,
  breaker: { ...DEFAULT_SETTINGS.breaker, minCalls: 20 },
  routing: { ...DEFAULT_SETTINGS.routing, maxAttempts: 2 },
}

describe('suggestionView', () => {
  it.each([
    [0, eager],
    [0.5, middle],
    [1, lazy],
  ])('chooses for a weight of %d', (weight, best) => {
    const view = suggestionView(all, weight)
    expect(view.best).toBe(best)
    expect(view.chosen).toMatchObject({
      x: best.figures.failuresLetThrough,
      y: best.figures.goodCallsRefused,
    })
  })

  it('has the frontier in order, the start apart, and the rest', () => {
    const view = suggestionView(all, 0.5)
    expect(view.frontier.map(({ x, y }) => [x, y])).toEqual([
      [10, 90],
      [40, 40],
      [300, 0],
    ])
    expect(view.start).toMatchObject({ x: 80, y: 41 })
    expect(view.others.map(({ x }) => x)).toEqual([90])
    expect(view.summary).toBe(
      '3 failures in a row or 50\u202f% over 60s; stays open 60s: 40 failures let through, 40 good calls refused; ' +
        'instead of 80 failures let through, 41 good calls refused.',
    )
  })

  it('draws one of those that lie on the same place', () => {
    const again = tried(9, [90, 45], { onFrontier: false })
    expect(suggestionView({ tried: [...all.tried, again] }, 0.5).others).toHaveLength(1)
  })

  it('says that nothing is better than what there is, or that nothing was tried', () => {
    const best = suggestionView({ tried: [tried(5, [1, 1], { isStart: true })] }, 0.5)
    expect(best.summary).toMatch(
      /^Nothing tried does better at this weight: 1 failure let through, 1 good call/,
    )
    expect(suggestionView({ tried: [] }, 0.5)).toMatchObject({
      best: null,
      chosen: null,
      start: null,
      summary: 'Nothing was tried.',
    })
  })
})

describe('a suggestion and the draft', () => {
  it('fills the four thresholds and nothing else', () => {
    const filled = withThresholds(draft, { ...thresholds, failureThreshold: 3, failureRate: 0.3 })
    expect(filled).toEqual({ ...draft, breaker: { ...draft.breaker, failureThreshold: 3, failureRate: 0.3 } })
    expect(
      suggestionChanges(draft, { ...thresholds, failureThreshold: 3 }).map(({ path, after }) => [
        path,
        after,
      ]),
    ).toEqual([['breaker.failureThreshold', '3']])
  })

  it('lets a circuit stay open as long as it says, and holds after that', () => {
    const short = { ...draft, breaker: { ...draft.breaker, recoveryTimeout: '5s', maxOpen: '10s' } }
    const filled = withThresholds(short, { ...thresholds, recoveryTimeout: '30s' })
    expect(filled.breaker).toMatchObject({ recoveryTimeout: '30s', maxOpen: '30s' })
    expect(isStillFor(short, filled)).toBe(true)
    expect(isStillFor(short, { ...filled, breaker: { ...filled.breaker, maxOpen: '1m' } })).toBe(false)
  })

  it('still holds after it was put in, and after what no replay feels', () => {
    expect(isStillFor(draft, withThresholds(draft, { ...thresholds, window: '5m' }))).toBe(true)
    expect(isStillFor(draft, { ...draft, routing: { ...draft.routing, maxAttempts: 5 } })).toBe(true)
  })

  it('holds no longer after another threshold, or a provider’s own, has changed', () => {
    expect(isStillFor(draft, { ...draft, breaker: { ...draft.breaker, minCalls: 30 } })).toBe(false)
    expect(isStillFor(draft, { ...draft, providers: { a: { breaker: { failureThreshold: 2 } } } })).toBe(
      false,
    )
  })

  it('calls its start by what it is now', () => {
    const other = withThresholds(draft, { ...thresholds, failureThreshold: 3 })
    expect(startWords({ asked: draft, draft: other, inForce: DEFAULT_SETTINGS })).toBe('in force')
    expect(startWords({ asked: other, draft: other, inForce: DEFAULT_SETTINGS })).toBe('your draft')
    expect(startWords({ asked: other, draft, inForce: DEFAULT_SETTINGS })).toBe('an earlier draft')
  })

  it('is a table of the frontier with the start and the chosen one marked', () => {
    const table = suggestionTable(all, middle, 'in force')
    expect(table.rows.map((row) => row[0])).toEqual(['1', '3, chosen', '5, in force', '20'])
    expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true)
  })

  it.each([
    [0, 'Only failures let through count.'],
    [0.3, 'Failures let through weigh 70\u202f%, good calls refused 30\u202f%.'],
    [0.5, 'A refused good call weighs as much as a failure let through.'],
    [1, 'Only good calls refused count.'],
  ])('says what a weight of %d means', (weight, words) => {
    expect(weightWords(weight)).toBe(words)
  })
})

describe('axisAround', () => {
  it.each([
    ['counts from 0', [3, 40, 97], 0],
    ['one value from 0', [50], 0],
    ['nothing', [], 0],
    ['all zero', [0, 0], 0],
    ['far counts from near them', [940, 1_000, 980], 940],
  ])('%s', (_why, values, min) => {
    const axis = axisAround(values)
    expect(axis.min).toBe(min)
    expect(axis.ticks[0]).toBe(min)
    expect(axis.ticks.at(-1)).toBe(axis.max)
    expect(axis.max).toBeGreaterThanOrEqual(Math.max(0, ...values))
    expect(axis.ticks.length).toBeGreaterThan(1)
    expect(axis.ticks.length).toBeLessThanOrEqual(7)
  })
})
