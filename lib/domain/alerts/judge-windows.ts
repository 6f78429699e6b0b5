import { percentText, slowText } from '../health-words.ts'
import type { AlertCondition, BurnWindow } from './condition.ts'
import type { EvaluationContext, ProviderFacts, RouteFacts, WindowCounts } from './facts.ts'
import { subjectText } from './subject.ts'
import { badIf, spanText, type Judge } from './verdict.ts'

type Counted = ProviderFacts | RouteFacts
type Of<T extends AlertCondition['type']> = Extract<AlertCondition, { type: T }>

/** Judges the share of successes in a window; too few calls are no data. */
export const judgeSuccessRate = ({ below, windowMs, minSamples }: Of<'success_rate'>): Judge<Counted> => ({
  verdictOf: ({ key }, { windows }) => {
    const counts = windows.windowOf(key, windowMs)
    return isEnough(counts, minSamples) ? badIf(rateOf(counts) < below) : 'no_data'
  },
  describe: ({ key, subject }, { windows }) => {
    const counts = windows.windowOf(key, windowMs)
    const value = counts === null ? null : rateOf(counts)
    return {
      value,
      sentence: `${percentText(value ?? 0)} of ${callsOf(counts)} calls of ${subjectText(subject)} succeeded in ${spanText(windowMs)}, under ${percentText(below)}`,
    }
  },
})

/** Judges the successes' 95th percentile of latency in a window. */
export const judgeLatency = ({ aboveMs, windowMs, minSamples }: Of<'latency_p95'>): Judge<Counted> => ({
  verdictOf: ({ key }, { windows }) => {
    const counts = windows.windowOf(key, windowMs)
    if (!isEnough(counts, minSamples) || counts.p95Ms === null) return 'no_data'
    return badIf(counts.p95Ms > aboveMs)
  },
  describe: ({ key, subject }, { windows }) => {
    const value = windows.windowOf(key, windowMs)?.p95Ms ?? null
    return {
      value,
      sentence: `${subjectText(subject)}: ${slowText(value ?? 0, aboveMs)} in ${spanText(windowMs)}`,
    }
  },
})

/** Judges whether there was any traffic in a window. */
export const judgeTraffic = ({ windowMs }: Of<'no_traffic'>): Judge<Counted> => ({
  verdictOf: ({ key }, { windows }) => {
    const calls = windows.trafficIn(key, windowMs)
    return calls === null ? 'no_data' : badIf(calls === 0)
  },
  describe: ({ subject }) => ({
    value: 0,
    sentence: `${subjectText(subject)} had no traffic in ${spanText(windowMs)}`,
  }),
})

/**
 * Judges how fast an error budget is spent: bad when a pair of windows burns at its factor, the long one as proof that
 * it matters and the short one that it still goes on (Site Reliability Workbook, chapter 5, "Multiwindow, Multi-Burn-Rate
 * Alerts"). The burn rate is the share of failures over the share that the objective allows.
 */
export const judgeBurnRate = (condition: Of<'burn_rate'>): Judge<Counted> => ({
  verdictOf: ({ key }, context) => {
    let hasData = false
    for (const window of condition.windows) {
      const burn = burnOf(key, { condition, window, context })
      if (burn === null) continue
      if (burnsAt(burn, window)) return 'bad'
      hasData = true
    }
    return hasData ? 'good' : 'no_data'
  },
  describe: ({ key, subject }, context) => {
    const window = condition.windows.find((each) =>
      burnsAt(burnOf(key, { condition, window: each, context }) ?? 0, each),
    )
    const value = window === undefined ? null : burnOf(key, { condition, window, context })
    const spans =
      window === undefined ? '' : ` over ${spanText(window.longMs)} and ${spanText(window.shortMs)}`
    return {
      value,
      sentence: `${subjectText(subject)} spends its error budget ${(value ?? 0).toFixed(1)} times as fast as ${Number((condition.objective * 100).toPrecision(6))} % allows${spans}`,
    }
  },
})

type Burn = { condition: Of<'burn_rate'>; window: BurnWindow; context: EvaluationContext }

/** The slower of both windows' burn rates; null when either has too few calls. */
function burnOf(key: string, { condition, window, context }: Burn): number | null {
  const long = context.windows.windowOf(key, window.longMs)
  if (!isEnough(long, condition.minSamples)) return null
  const short = context.windows.windowOf(key, window.shortMs)
  if (!isEnough(short, condition.minSamples)) return null
  return Math.min(1 - rateOf(long), 1 - rateOf(short)) / (1 - condition.objective)
}

// A rate of exactly the factor counts, and binary fractions leave it a little below.
const burnsAt = (burn: number, { factor }: BurnWindow): boolean => burn >= factor * (1 - 1e-9)

const callsOf = (counts: WindowCounts | null): number => (counts === null ? 0 : counts.ok + counts.failed)

const isEnough = (counts: WindowCounts | null, minSamples: number): counts is WindowCounts =>
  counts !== null && counts.ok + counts.failed >= Math.max(1, minSamples)

const rateOf = ({ ok, failed }: WindowCounts): number => ok / (ok + failed)
