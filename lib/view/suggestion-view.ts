import type { SettingsPath } from '#lib/contract/bounds.ts'
import {
  bestSuggestion,
  type SettingsSuggestion,
  type Suggestion,
  type TriedThresholds,
} from '#lib/contract/preview.ts'
import type { Settings } from '#lib/contract/settings.ts'
import { withThresholds } from '#lib/contract/tried-thresholds.ts'
import type { ChartTable } from './chart-table.ts'
import { axisAround, type RangeScale } from './axis-scale.ts'
import { formatCount, formatShare, plural, spanWords } from './format.ts'
import { settingsChanges, type SettingChange } from './settings-changes.ts'
import { sameSetting, settingAt, settingsField, settingWords, type SettingValue } from './settings-fields.ts'

/** The thresholds that are tried, as the form knows them. */
const TRIED: readonly SettingsPath[] = [
  'breaker.failureThreshold',
  'breaker.failureRate',
  'breaker.window',
  'breaker.recoveryTimeout',
]

/** Whether a suggestion made for `asked` still holds for `draft`: they differ in nothing that matters but what is tried. */
export const isStillFor = (asked: Settings, draft: Settings): boolean =>
  settingsChanges(withThresholds(asked, draft.breaker), draft).every(
    ({ path, providerId }) => providerId === null && !matters(path),
  )

const matters = (path: SettingsPath) =>
  !TRIED.includes(path) && !path.startsWith('routing.') && !path.startsWith('history.')

/** What the thresholds that a suggestion started from are now: those in force, the draft, or an earlier draft. */
export function startWords({
  asked,
  draft,
  inForce,
}: Record<'asked' | 'draft' | 'inForce', Settings>): string {
  const isSame = (other: Settings) =>
    TRIED.every((path) => sameSetting(settingAt(asked, path), settingAt(other, path)))
  if (isSame(inForce)) return 'in force'
  return isSame(draft) ? 'your draft' : 'an earlier draft'
}

/** A combination in words: `3 failures in a row or 50 % over 60s; open for 30s`. */
function thresholdWords({ failureThreshold, failureRate, window, recoveryTimeout }: TriedThresholds): string {
  const written = (path: SettingsPath, value: SettingValue) => settingWords(settingsField(path), value)
  return (
    `${plural(failureThreshold, 'failure')} in a row or ${written('breaker.failureRate', failureRate)} ` +
    `over ${window}; stays open ${recoveryTimeout}`
  )
}

/** One combination on the chart. `x` and `y` are failures let through and good calls refused. */
export type SuggestionPoint = { key: string; x: number; y: number; words: string; outcome: string }

/** What was tried, ready to draw, and what to choose at a weight. */
export type SuggestionView = {
  /** Every combination that is neither on the frontier, nor the start, nor chosen; on the same place only one. */
  others: readonly SuggestionPoint[]
  /** The frontier from few failures let through to many. */
  frontier: readonly SuggestionPoint[]
  start: SuggestionPoint | null
  chosen: SuggestionPoint | null
  best: Suggestion | null
  /** Whether the thresholds that it started from are the best at this weight. */
  isStartBest: boolean
  /** What is chosen, next to what it started from, in one sentence. */
  summary: string
  axes: { x: RangeScale; y: RangeScale }
}

/** What was tried, with the combination that is best when a refused good call weighs `refusedWeight` (0 to 1). */
export function suggestionView(
  { tried }: Pick<SettingsSuggestion, 'tried'>,
  refusedWeight: number,
): SuggestionView {
  const best = bestSuggestion(tried, refusedWeight)
  const start = tried.find(({ isStart }) => isStart) ?? null
  return {
    others: distinct(tried.filter(({ onFrontier, isStart }) => !onFrontier && !isStart).map(pointOf)),
    frontier: distinct(tried.filter(({ onFrontier }) => onFrontier).map(pointOf)).toSorted(
      (a, b) => a.x - b.x || b.y - a.y,
    ),
    start: start && pointOf(start),
    chosen: best && pointOf(best),
    best,
    isStartBest: best?.isStart ?? false,
    summary: summaryOf(best, start),
    axes: {
      x: axisAround(tried.map(({ figures }) => figures.failuresLetThrough)),
      y: axisAround(tried.map(({ figures }) => figures.goodCallsRefused)),
    },
  }
}

const pointOf = ({ thresholds, figures }: Suggestion): SuggestionPoint => ({
  key: JSON.stringify(thresholds),
  x: figures.failuresLetThrough,
  y: figures.goodCallsRefused,
  words: thresholdWords(thresholds),
  outcome: outcomeWords(figures),
})

const outcomeWords = ({ failuresLetThrough, goodCallsRefused }: Suggestion['figures']) =>
  `${plural(failuresLetThrough, 'failure')} let through, ${plural(goodCallsRefused, 'good call')} refused`

/** Of points on the same place the first; hundreds of dots over each other would only be one anyway. */
function distinct(points: readonly SuggestionPoint[]): SuggestionPoint[] {
  const byPlace = new Map<string, SuggestionPoint>()
  for (const point of points) {
    const place = `${point.x} ${point.y}`
    if (!byPlace.has(place)) byPlace.set(place, point)
  }
  return [...byPlace.values()]
}

function summaryOf(best: Suggestion | null, start: Suggestion | null): string {
  if (best === null) return 'Nothing was tried.'
  if (best.isStart) return `Nothing tried does better at this weight: ${outcomeWords(best.figures)}.`
  const words = `${thresholdWords(best.thresholds)}: ${outcomeWords(best.figures)}`
  return start === null ? `${words}.` : `${words}; instead of ${outcomeWords(start.figures)}.`
}

/** The slider's place in words. */
export function weightWords(refusedWeight: number): string {
  if (refusedWeight === 0.5) return 'A refused good call weighs as much as a failure let through.'
  if (refusedWeight === 0) return 'Only failures let through count.'
  if (refusedWeight === 1) return 'Only good calls refused count.'
  return `Failures let through weigh ${formatShare(1 - refusedWeight)}, good calls refused ${formatShare(refusedWeight)}.`
}

/** What a combination would change in the draft. */
export const suggestionChanges = (draft: Settings, thresholds: TriedThresholds): SettingChange[] =>
  settingsChanges(draft, withThresholds(draft, thresholds))

/** The frontier as a table, from few failures let through to many, with what is marked on the chart. */
export function suggestionTable(
  { tried }: Pick<SettingsSuggestion, 'tried'>,
  best: Suggestion | null,
  start: string,
): ChartTable {
  const shown = tried.filter((each) => each.onFrontier || each.isStart || each === best)
  return {
    columns: [
      'Failures in a row',
      'Rate',
      'Window',
      'Stays open',
      'Let through',
      'Good refused',
      'Openings',
      'Open',
    ],
    rows: shown
      .toSorted((a, b) => a.figures.failuresLetThrough - b.figures.failuresLetThrough)
      .map((each) => {
        const { thresholds, figures } = each
        return [
          [thresholds.failureThreshold, ...marksOf(each, best, start)].join(', '),
          settingWords(settingsField('breaker.failureRate'), thresholds.failureRate),
          thresholds.window,
          thresholds.recoveryTimeout,
          formatCount(figures.failuresLetThrough),
          formatCount(figures.goodCallsRefused),
          formatCount(figures.openings + figures.modelOpenings),
          spanWords(figures.openMs + figures.modelOpenMs),
        ]
      }),
  }
}

const marksOf = (each: Suggestion, best: Suggestion | null, start: string): string[] => [
  ...(each === best ? ['chosen'] : []),
  ...(each.isStart ? [start] : []),
]
