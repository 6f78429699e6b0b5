import type { ReplayFigures, SettingsPreview, SettingsSuggestion } from '#lib/contract/preview.ts'
import type { ChartFigures } from './chart-figures.ts'

type Column = readonly [name: string, of: (figures: ReplayFigures) => number | null]

const COLUMNS: readonly Column[] = [
  ['openings', ({ openings }) => openings],
  ['open_ms', ({ openMs }) => openMs],
  ['model_openings', ({ modelOpenings }) => modelOpenings],
  ['model_open_ms', ({ modelOpenMs }) => modelOpenMs],
  ['failures_avoided', ({ failuresAvoided }) => failuresAvoided],
  ['failures_let_through', ({ failuresLetThrough }) => failuresLetThrough],
  ['good_calls_refused', ({ goodCallsRefused }) => goodCallsRefused],
  ['good_calls_passed', ({ goodCallsPassed }) => goodCallsPassed],
  ['outages', ({ outages }) => outages],
  ['outages_detected', ({ outagesDetected }) => outagesDetected],
  ['mean_time_to_detect_ms', ({ meanTimeToDetectMs }) => meanTimeToDetectMs],
]

const NAMES = COLUMNS.map(([name]) => name)
const valuesOf = (figures: ReplayFigures) => COLUMNS.map(([, of]) => of(figures))

/** A preview for a file: two rows for each provider with records, what is in force and what the draft would have done. */
export function previewFigures({ providers }: Pick<SettingsPreview, 'providers'>): ChartFigures {
  return {
    columns: ['provider', 'thresholds', ...NAMES],
    rows: providers
      .filter(({ exactness }) => exactness.outcomes > 0)
      .flatMap(({ providerId, inForce, draft }) => [
        [providerId, 'in force', ...valuesOf(inForce.figures)],
        [providerId, 'draft', ...valuesOf(draft.figures)],
      ]),
  }
}

/** A suggestion for a file: every combination that was tried; 1 is yes and 0 is no. */
export function suggestionFigures({ tried }: Pick<SettingsSuggestion, 'tried'>): ChartFigures {
  return {
    columns: [
      ...['failure_threshold', 'failure_rate', 'window', 'recovery_timeout'],
      ...['is_start', 'on_frontier'],
      ...NAMES,
    ],
    rows: tried.map(({ thresholds, figures, isStart, onFrontier }) => [
      thresholds.failureThreshold,
      thresholds.failureRate,
      thresholds.window,
      thresholds.recoveryTimeout,
      Number(isStart),
      Number(onFrontier),
      ...valuesOf(figures),
    ]),
  }
}
