import { formatDuration } from '#lib/contract/duration.ts'
import { policiesOf } from '#lib/contract/policies.ts'
import type {
  SettingsSuggestion,
  Suggestion,
  SuggestSettings,
  TriedThresholds,
} from '#lib/contract/preview.ts'
import type { Settings } from '#lib/contract/settings.ts'
import { fitsTogether, withThresholds } from '#lib/contract/tried-thresholds.ts'
import { thresholdsOf } from '#lib/contract/thresholds-of.ts'
import { totalFigures, type ReplayFigures } from '#lib/domain/replay/figures.ts'
import { onFrontier } from '#lib/domain/replay/frontier.ts'
import type { ProviderResult } from '#lib/domain/replay/provider-replay.ts'
import type { Engine } from './engine.ts'
import { exactnessOf } from './present/replay.ts'
import { iso } from './present/time.ts'
import { entriesIn, pastRange, progressOf, type ReplayWatch } from './preview-settings.ts'
import { saveOutcomes } from './save-outcomes.ts'

const FAILURE_THRESHOLDS = [2, 3, 5, 8]
const FAILURE_RATES = [0.25, 0.5, 0.75]
const WINDOWS = ['60s', '5m']
const RECOVERY_TIMEOUTS = ['15s', '30s', '60s', '2m']

/**
 * A small search over combinations of thresholds on recorded outcomes: for each what it lets through and what it
 * refuses. Each is tried as the defaults of the given settings, or of those in force, with what providers set for
 * themselves as it is; of one provider alone as its own. Nothing changes by it. Throws `invalid_input` for an unknown
 * provider; rejects when the signal is aborted.
 */
export async function suggestSettings(
  engine: Engine,
  { settings: given, from, to, providerId }: SuggestSettings,
  watch: ReplayWatch,
): Promise<SettingsSuggestion> {
  const { fleet, replayer } = engine
  const entries = entriesIn(fleet, providerId)
  saveOutcomes(fleet)
  const settings = given ?? fleet.settings.settings
  const range = pastRange(engine, { from, to })
  const tried = combinationsFrom(settings, providerId)
  const laidOver = tried.map((thresholds) => withThresholds(settings, thresholds, providerId))
  const results: ProviderResult[] = []
  for (const [index, { provider }] of entries.entries()) {
    const policies = laidOver.map((each) => policiesOf(each, thresholdsOf(each, provider.id)).breaker)
    const query = { ...range, providerId: provider.id, policies, isBrief: true }
    results.push(await replayer.replay(query, progressOf(watch, { index, of: entries.length })))
  }
  const figures = tried.map((_, place) =>
    totalFigures(results.flatMap((result) => result.results[place]?.figures ?? [])),
  )
  return {
    from: iso(range.from),
    to: iso(range.to),
    tried: suggestionsOf(tried, figures),
    exactness: exactnessOf(results),
  }
}

/** The thresholds it starts from: the provider's where there is only one, else the defaults. */
function startOf(settings: Settings, providerId: string | undefined): TriedThresholds {
  const own = providerId === undefined ? {} : thresholdsOf(settings, providerId)
  const { failureThreshold, failureRate, windowMs, recoveryTimeoutMs } = policiesOf(settings, own).breaker
  return {
    failureThreshold,
    failureRate,
    window: formatDuration(windowMs),
    recoveryTimeout: formatDuration(recoveryTimeoutMs),
  }
}

/** The start, and every combination that is not the start and could be saved. */
function combinationsFrom(settings: Settings, providerId: string | undefined): TriedThresholds[] {
  const start = startOf(settings, providerId)
  // Of the four only this one must go with another: with how long a provider's own circuit stays open at most.
  const recoveryTimeouts = RECOVERY_TIMEOUTS.filter((recoveryTimeout) =>
    fitsTogether(withThresholds(settings, { ...start, recoveryTimeout }, providerId)),
  )
  const all = FAILURE_THRESHOLDS.flatMap((failureThreshold) =>
    FAILURE_RATES.flatMap((failureRate) =>
      WINDOWS.flatMap((window) =>
        recoveryTimeouts.map((recoveryTimeout) => ({
          failureThreshold,
          failureRate,
          window,
          recoveryTimeout,
        })),
      ),
    ),
  )
  const same = JSON.stringify(start)
  return [start, ...all.filter((one) => JSON.stringify(one) !== same)]
}

function suggestionsOf(tried: readonly TriedThresholds[], figures: readonly ReplayFigures[]): Suggestion[] {
  const frontier = onFrontier(figures)
  return tried
    .flatMap((thresholds, place) => {
      const ofThese = figures[place]
      const isOnFrontier = frontier[place] === true
      return ofThese === undefined
        ? []
        : [{ thresholds, figures: ofThese, isStart: place === 0, onFrontier: isOnFrontier }]
    })
    .toSorted(
      (a, b) =>
        a.figures.failuresLetThrough - b.figures.failuresLetThrough ||
        a.figures.goodCallsRefused - b.figures.goodCallsRefused,
    )
}
