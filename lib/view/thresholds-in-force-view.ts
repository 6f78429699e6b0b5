import { parseDuration } from '#lib/contract/duration.ts'
import type { ProviderDetail } from '#lib/contract/monitor.ts'
import { formatPercent, spanWords, THIN } from './format.ts'

type Threshold = ProviderDetail['thresholds'][number]

/** Where a threshold's value comes from: the settings' defaults, or the provider's own. */
export type ThresholdOrigin = 'default' | 'here'

export type ThresholdRow = { key: string; label: string; value: string; origin: ThresholdOrigin }
export type ThresholdGroup = { group: Threshold['group']; title: string; rows: readonly ThresholdRow[] }

/** The few that explain a state at a glance, and all of them by group. */
export type ThresholdsInForceView = {
  main: readonly ThresholdRow[]
  groups: readonly ThresholdGroup[]
  ownCount: number
}

type Unit = 'duration' | 'rate' | 'count' | 'factor' | 'weight'

/** What each field is called and how its value is written. */
const FIELDS: Readonly<Record<string, readonly [label: string, unit: Unit]>> = {
  'monitor.interval': ['Check interval', 'duration'],
  'monitor.timeout': ['Check timeout', 'duration'],
  'health.failoverThreshold': ['Failover below', 'rate'],
  'health.unhealthyAfter': ['Unhealthy after failures in a row', 'count'],
  'health.healthyAfter': ['Healthy after successes in a row', 'count'],
  'health.degradedSuccessRate': ['Degraded below', 'rate'],
  'health.degradedLatency': ['Degraded above', 'duration'],
  'health.minSamples': ['Samples needed', 'count'],
  'health.latencyAlpha': ['Weight of a new latency', 'weight'],
  'health.successAlpha': ['Weight of a new result', 'weight'],
  'breaker.failureThreshold': ['Opens after failures in a row', 'count'],
  'breaker.failureRate': ['Opens at failures', 'rate'],
  'breaker.minCalls': ['Calls needed for a rate', 'count'],
  'breaker.window': ['Window', 'duration'],
  'breaker.slowCall': ['A call is slow above', 'duration'],
  'breaker.slowCallRate': ['Opens at slow calls', 'rate'],
  'breaker.recoveryTimeout': ['First open time', 'duration'],
  'breaker.openGrowth': ['Open time grows by', 'factor'],
  'breaker.maxOpen': ['Longest open time', 'duration'],
  'breaker.openJitter': ['Jitter of the open time', 'rate'],
  'breaker.quietReset': ['First open time again after', 'duration'],
  'breaker.halfOpenMaxCalls': ['Trials at a time', 'count'],
  'breaker.successThreshold': ['Closes after trials succeeded', 'count'],
  'breaker.trialTimeout': ['A trial expires after', 'duration'],
  'breaker.rampUp': ['Ramp after closing', 'duration'],
  'breaker.rampStart': ['Ramp starts at', 'rate'],
}

const MAIN = [
  'monitor.interval',
  'health.degradedLatency',
  'health.failoverThreshold',
  'health.unhealthyAfter',
  'breaker.failureThreshold',
  'breaker.failureRate',
  'breaker.recoveryTimeout',
]

const TITLES: Record<Threshold['group'], string> = { monitor: 'Checks', health: 'Health', breaker: 'Circuit' }

/** The thresholds in force for one provider, in words, each with where it comes from. */
export function thresholdsInForceView(thresholds: readonly Threshold[]): ThresholdsInForceView {
  const rows = thresholds.map((threshold) => ({ group: threshold.group, row: rowOf(threshold) }))
  const order = Object.keys(FIELDS)
  const place = ({ key }: ThresholdRow) => (order.includes(key) ? order.indexOf(key) : order.length)
  return {
    main: MAIN.flatMap((key) => rows.flatMap(({ row }) => (row.key === key ? [row] : []))),
    groups: (['monitor', 'health', 'breaker'] as const).map((group) => ({
      group,
      title: TITLES[group],
      rows: rows
        .filter((one) => one.group === group)
        .map(({ row }) => row)
        .toSorted((a, b) => place(a) - place(b)),
    })),
    ownCount: rows.filter(({ row }) => row.origin === 'here').length,
  }
}

function rowOf({ group, field, value, inherited }: Threshold): ThresholdRow {
  const key = `${group}.${field}`
  const [label, unit] = FIELDS[key] ?? [field, 'count']
  return { key, label, value: valueWords(value, unit), origin: inherited ? 'default' : 'here' }
}

function valueWords(value: Threshold['value'], unit: Unit): string {
  if (value === null) return 'off'
  if (typeof value === 'string') return durationWords(value)
  switch (unit) {
    case 'rate':
      return formatPercent(value)
    case 'factor':
      return `×${THIN}${value}`
    case 'count':
    case 'weight':
    case 'duration':
      return String(value)
  }
}

function durationWords(text: string): string {
  const ms = parseDuration(text)
  if (ms === null) return text
  if (ms === 0) return 'none'
  return ms % 1_000 === 0 ? spanWords(ms) : `${ms}${THIN}ms`
}

/** One threshold's value as a number; null when it is not in force or no number. */
export function thresholdNumber(
  thresholds: readonly Threshold[],
  group: Threshold['group'],
  field: string,
): number | null {
  const found = thresholds.find((threshold) => threshold.group === group && threshold.field === field)
  if (found === undefined || found.value === null) return null
  return typeof found.value === 'number' ? found.value : parseDuration(found.value)
}
