import { describe, expect, it } from 'vitest'
import { bestSuggestion, previewSettingsSchema, type Suggestion } from './preview.ts'
import { DEFAULT_SETTINGS } from './settings.ts'

const range = { from: '2026-03-01T00:00:00Z', to: '2026-03-08T00:00:00Z' }
const complaints = (body: unknown) =>
  previewSettingsSchema
    .safeParse(body)
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)

describe('what a preview is asked', () => {
  it('is a whole set of settings and a range', () => {
    expect(previewSettingsSchema.parse({ settings: DEFAULT_SETTINGS, ...range })).toMatchObject(range)
  })

  it.each([
    ['a range that runs backwards', { ...range, to: range.from }, 'to: later than from'],
    ['more than 30 days', { ...range, from: '2026-01-01T00:00:00Z' }, 'from: at most 30 days before to'],
    [
      'another kind of time',
      { ...range, from: 'yesterday' },
      'from: an ISO time such as 2026-01-31T12:00:00Z',
    ],
  ])('is not %s', (_what, wrong, complaint) => {
    expect(complaints({ settings: DEFAULT_SETTINGS, ...wrong })).toContain(complaint)
  })

  it('holds the draft to the rules of settings', () => {
    const settings = { ...DEFAULT_SETTINGS, breaker: { ...DEFAULT_SETTINGS.breaker, maxOpen: '1s' } }
    expect(complaints({ settings, ...range })).toEqual([
      'settings.breaker.maxOpen: at least the recovery time-out (60s)',
    ])
  })
})

const tried = (
  letThrough: number,
  refused: number,
  part: Partial<Suggestion> = {},
  openings = 1,
): Suggestion => {
  const calls = {
    failuresAvoided: 0,
    failuresLetThrough: letThrough,
    goodCallsRefused: refused,
    goodCallsPassed: 0,
  }
  return {
    thresholds: { failureThreshold: 5, failureRate: 0.5, window: '60s', recoveryTimeout: '60s' },
    figures: {
      ...calls,
      traffic: calls,
      openings,
      openMs: 0,
      modelOpenings: 0,
      modelOpenMs: 0,
      outages: 0,
      outagesDetected: 0,
      meanTimeToDetectMs: null,
    },
    isStart: false,
    onFrontier: true,
    ...part,
  }
}

describe('bestSuggestion', () => {
  const eager = tried(0, 50)
  const lazy = tried(40, 0)
  const between = tried(10, 10)

  it.each([
    [0, eager],
    [0.5, between],
    [1, lazy],
  ])('at a weight of %d for refused good calls picks accordingly', (weight, best) => {
    expect(bestSuggestion([lazy, eager, between], weight)).toBe(best)
  })

  it('stays with the start among equals, else takes the calmer one', () => {
    const start = tried(10, 10, { isStart: true }, 9)
    expect(bestSuggestion([between, start], 0.5)).toBe(start)
    const calm = tried(10, 10, {}, 0)
    expect(bestSuggestion([between, calm], 0.5)).toBe(calm)
    expect(bestSuggestion([], 0.5)).toBeNull()
  })
})
