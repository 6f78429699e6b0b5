import { SETTINGS_PATHS, type SettingsPath } from '#lib/contract/bounds.ts'
import { parseDuration } from '#lib/contract/duration.ts'
import type { ProviderDetail } from '#lib/contract/monitor.ts'
import { spanWords, THIN } from './format.ts'
import { INHERITABLE_FIELDS, settingsField, settingWords } from './settings-fields.ts'

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

const MAIN: readonly SettingsPath[] = [
  'monitor.interval',
  'health.degradedLatency',
  'health.failoverThreshold',
  'health.unhealthyAfter',
  'breaker.failureThreshold',
  'breaker.failureRate',
  'breaker.recoveryTimeout',
]

const TITLES: Record<Threshold['group'], string> = { monitor: 'Checks', health: 'Health', breaker: 'Breaker' }
const ORDER: readonly string[] = INHERITABLE_FIELDS.map(({ path }) => path)

/** The thresholds in force for one provider, in the form's words, each with where its value comes from. */
export function thresholdsInForceView(thresholds: readonly Threshold[]): ThresholdsInForceView {
  const rows = thresholds.map((threshold) => ({ group: threshold.group, row: rowOf(threshold) }))
  const place = ({ key }: ThresholdRow) => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length)
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
  const path = SETTINGS_PATHS.find((known) => known === key)
  const known = path === undefined ? null : settingsField(path)
  const plain = value === null ? 'off' : String(value)
  return {
    key,
    label: known?.label ?? field,
    value: typeof value === 'string' ? durationWords(value) : known ? settingWords(known, value) : plain,
    origin: inherited ? 'default' : 'here',
  }
}

function durationWords(text: string): string {
  const ms = parseDuration(text)
  if (ms === null) return text
  return ms % 1_000 === 0 ? spanWords(ms) : `${ms}${THIN}ms`
}

/** One threshold's value as a number, durations in ms; null when it is not in force. */
export function thresholdNumber(
  thresholds: readonly Threshold[],
  group: Threshold['group'],
  field: string,
): number | null {
  const found = thresholds.find((threshold) => threshold.group === group && threshold.field === field)
  if (found === undefined || found.value === null) return null
  return typeof found.value === 'number' ? found.value : parseDuration(found.value)
}
