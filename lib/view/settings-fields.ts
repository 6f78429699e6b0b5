import {
  settingBounds,
  SETTINGS_PATHS,
  type Bounds,
  type SettingsGroup,
  type SettingsPath,
} from '#lib/contract/bounds.ts'
import { parseDuration } from '#lib/contract/duration.ts'
import type { Settings } from '#lib/contract/settings.ts'
import { spanWords, THIN } from './format.ts'
import { formatScaled } from './number-text.ts'
import { SETTING_WORDS } from './settings-words.ts'

/** One threshold's value: a duration, a number, or null where it is off. */
export type SettingValue = string | number | null

/** How a threshold is written: a duration with its unit, a whole number, a rate as percent, or a plain factor. */
export type SettingUnit = 'duration' | 'count' | 'percent' | 'factor'

/** Everything a form shows of one threshold beside its value. */
export type SettingsField = {
  path: SettingsPath
  group: SettingsGroup
  name: string
  label: string
  unit: SettingUnit
  bounds: Bounds
}

export const SETTINGS_GROUPS: readonly { group: SettingsGroup; title: string; anchor: string }[] = [
  { group: 'monitor', title: 'Checks', anchor: 'checks' },
  { group: 'health', title: 'Health', anchor: 'health' },
  { group: 'breaker', title: 'Breaker', anchor: 'breaker' },
  { group: 'routing', title: 'Routing', anchor: 'routing' },
  { group: 'history', title: 'History', anchor: 'history' },
  { group: 'alerts', title: 'Alerts', anchor: 'alerts' },
]

// What a provider may set for itself; concurrency and jitter are the fleet's.
const FLEET_ONLY: ReadonlySet<SettingsPath> = new Set<SettingsPath>(['monitor.concurrency', 'monitor.jitter'])

function fieldOf(path: SettingsPath): SettingsField {
  const [group, name] = path.split('.') as [SettingsGroup, string]
  const bounds = settingBounds(path)
  return { path, group, name, label: SETTING_WORDS[path].label, unit: unitOf(bounds), bounds }
}

function unitOf(bounds: Bounds): SettingUnit {
  if (bounds.type === 'duration') return 'duration'
  if (bounds.isInteger) return 'count'
  // Rates end at 1; what may be larger is a factor.
  return bounds.max <= 1 ? 'percent' : 'factor'
}

const FIELDS = new Map(SETTINGS_PATHS.map((path) => [path, fieldOf(path)]))

/** One threshold's label, unit and bounds. */
export function settingsField(path: SettingsPath): SettingsField {
  return FIELDS.get(path) ?? fieldOf(path)
}

/** The thresholds of a group in the order of the form. */
export const fieldsOfGroup = (group: SettingsGroup): SettingsField[] =>
  (Object.keys(SETTING_WORDS) as SettingsPath[]).map(settingsField).filter((field) => field.group === group)

/** The thresholds that a provider may set for itself, in the order of the form. */
export const INHERITABLE_FIELDS: readonly SettingsField[] = (['monitor', 'health', 'breaker'] as const)
  .flatMap(fieldsOfGroup)
  .filter(({ path }) => !FLEET_ONLY.has(path))

/** The value at a threshold's path. */
export function settingAt(settings: Omit<Settings, 'providers'>, path: SettingsPath): SettingValue {
  const [group, name] = path.split('.') as [SettingsGroup, string]
  // The path names a field of that group, whose values are all durations, numbers or null.
  return (settings[group] as Record<string, SettingValue>)[name] ?? null
}

/** The settings with another value at that path. */
export function withSetting(settings: Settings, path: SettingsPath, value: SettingValue): Settings {
  const [group, name] = path.split('.') as [SettingsGroup, string]
  return { ...settings, [group]: { ...settings[group], [name]: value } }
}

/** Whether two values of a threshold mean the same: `60s` is `1m`. */
export function sameSetting(a: SettingValue, b: SettingValue): boolean {
  if (typeof a === 'string' && typeof b === 'string') {
    const [left, right] = [parseDuration(a), parseDuration(b)]
    return left === null || right === null ? a === b : left === right
  }
  return Object.is(a, b)
}

/** A threshold's value as it is read: `50 %`, `×2`, `60s`, `off`. */
export function settingWords(field: SettingsField, value: SettingValue): string {
  if (value === null) return 'off'
  if (typeof value === 'string') return value
  if (Number.isNaN(value)) return 'not a number'
  if (field.unit === 'percent') return `${formatScaled(value, 'percent')}${THIN}%`
  return field.unit === 'factor' ? `×${value}` : String(value)
}

const durationWords = (ms: number) => (ms > 0 && ms < 1_000 ? `${ms}${THIN}ms` : spanWords(ms))

/** The bounds in the unit that the field is written in: `1 to 100`, `1 s to 1 h`, `more than 0 %, at most 100 %`. */
export function boundsInUnit({ unit, bounds }: Pick<SettingsField, 'unit' | 'bounds'>): string {
  const off = bounds.isNullable ? ', or off' : ''
  if (bounds.type === 'duration')
    return `${durationWords(bounds.minMs)} to ${durationWords(bounds.maxMs)}${off}`
  const write = (value: number) =>
    unit === 'percent' ? `${formatScaled(value, 'percent')}${THIN}%` : String(value)
  return bounds.isAboveMin
    ? `More than ${write(bounds.min)}, at most ${write(bounds.max)}${off}`
    : `${write(bounds.min)} to ${write(bounds.max)}${off}`
}

/** A schema's complaint in the unit that the field is written in: `at most 0.5` of a rate is `at most 50 %`. */
export const complaintInUnit = ({ unit }: Pick<SettingsField, 'unit'>, message: string): string =>
  unit === 'percent'
    ? message.replace(/\d+(?:\.\d+)?/g, (number) => `${formatScaled(Number(number), 'percent')}${THIN}%`)
    : message

/** What the threshold does, under the other values of the draft, with its bounds. */
export function settingHint(field: SettingsField, draft: Settings): string {
  const words = SETTING_WORDS[field.path].explain(draft)
  return `${words}. ${boundsInUnit(field)}.`
}
