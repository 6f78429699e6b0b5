import type { SettingsGroup, SettingsPath } from '#lib/contract/bounds.ts'
import { SETTINGS_PATHS } from '#lib/contract/bounds.ts'
import type { Settings, Thresholds } from '#lib/contract/settings.ts'
import { thresholdsOf } from '#lib/contract/thresholds-of.ts'
import { compareNames } from '#lib/domain/name-order.ts'
import {
  INHERITABLE_FIELDS,
  sameSetting,
  settingAt,
  settingsField,
  settingWords,
  withSetting,
  type SettingsField,
  type SettingValue,
} from './settings-fields.ts'

/** One threshold that differs between two settings, in words. `providerId` null: the default for all providers. */
export type SettingChange = {
  path: SettingsPath
  label: string
  providerId: string | null
  before: string
  after: string
}

/** What differs between two settings: the defaults first, then each provider's own thresholds. */
export function settingsChanges(before: Settings, after: Settings): SettingChange[] {
  const ids = [...new Set([...Object.keys(before.providers), ...Object.keys(after.providers)])].sort(
    compareNames,
  )
  return [
    ...changedPaths(before, after).map((path): SettingChange => {
      const field = settingsField(path)
      return {
        path,
        label: field.label,
        providerId: null,
        before: settingWords(field, settingAt(before, path)),
        after: settingWords(field, settingAt(after, path)),
      }
    }),
    ...ids.flatMap((id) => providerChanges(id, thresholdsOf(before, id), thresholdsOf(after, id))),
  ]
}

/** The paths of the defaults that differ in meaning: `60s` and `1m` do not. */
export const changedPaths = (before: Settings, after: Settings): SettingsPath[] =>
  SETTINGS_PATHS.filter((path) => !sameSetting(settingAt(before, path), settingAt(after, path)))

function providerChanges(providerId: string, before: Thresholds, after: Thresholds): SettingChange[] {
  return INHERITABLE_FIELDS.flatMap((field): SettingChange[] => {
    const [from, to] = [ownThreshold(before, field), ownThreshold(after, field)]
    if (sameSetting(from, to)) return []
    return [
      {
        path: field.path,
        label: field.label,
        providerId,
        before: ownWords(field, from),
        after: ownWords(field, to),
      },
    ]
  })
}

const isInheritable = (group: SettingsGroup): group is keyof Thresholds =>
  group === 'monitor' || group === 'health' || group === 'breaker'

/** A provider's own value of a threshold; null where it inherits. `off` turns slow calls off for it. */
export function ownThreshold(thresholds: Thresholds, { group, name }: SettingsField): SettingValue {
  if (!isInheritable(group)) return null
  return (thresholds[group] as Record<string, SettingValue> | undefined)?.[name] ?? null
}

/** The provider's thresholds with another own value; null makes it inherit. */
export function withOwnThreshold(
  thresholds: Thresholds,
  field: SettingsField,
  value: SettingValue,
): Thresholds {
  const { group, name } = field
  if (!isInheritable(group)) return thresholds
  const own = { ...thresholds[group], [name]: value }
  const kept = Object.entries(own).filter(([, each]) => each !== null)
  const others = Object.entries(thresholds).filter(([each]) => each !== group)
  return Object.fromEntries(kept.length === 0 ? others : [...others, [group, Object.fromEntries(kept)]])
}

const ownWords = (field: SettingsField, value: SettingValue) =>
  value === null ? 'inherits' : settingWords(field, value)

/** A provider with thresholds of its own, in words. */
export type DifferingProvider = {
  id: string
  thresholds: { path: SettingsPath; label: string; value: string }[]
}

/** The providers that set thresholds of their own, by id. */
export function differingProviders(providers: Settings['providers']): DifferingProvider[] {
  return Object.entries(providers)
    .map(([id, thresholds]) => ({ id, thresholds: ownThresholds(thresholds) }))
    .filter(({ thresholds }) => thresholds.length > 0)
    .sort((a, b) => compareNames(a.id, b.id))
}

/** The thresholds that a provider sets for itself, in words. */
export const ownThresholds = (thresholds: Thresholds): DifferingProvider['thresholds'] =>
  INHERITABLE_FIELDS.flatMap((field) => {
    const value = ownThreshold(thresholds, field)
    return value === null ? [] : [{ path: field.path, label: field.label, value: settingWords(field, value) }]
  })

/** A threshold that both sides changed, to different values. */
export type SettingConflict = {
  path: SettingsPath
  label: string
  base: string
  mine: string
  theirs: string
}

/** Two people's changes of the same version, laid together. */
export type SettingsMerge = {
  /** Theirs with my changes over it, conflicts as mine. */
  merged: Settings
  conflicts: SettingConflict[]
  /** What they changed and I did not. */
  theirs: SettingChange[]
}

/** Lays my draft, made from `base`, over `theirs`: only what both changed differently needs a decision. */
export function mergeSettings({
  base,
  mine,
  theirs,
}: Record<'base' | 'mine' | 'theirs', Settings>): SettingsMerge {
  const minePaths = changedPaths(base, mine)
  const conflicts = minePaths.filter(
    (path) =>
      !sameSetting(settingAt(base, path), settingAt(theirs, path)) &&
      !sameSetting(settingAt(mine, path), settingAt(theirs, path)),
  )
  return {
    merged: minePaths.reduce((settings, path) => withSetting(settings, path, settingAt(mine, path)), theirs),
    conflicts: conflicts.map((path) => {
      const field = settingsField(path)
      const words = (settings: Settings) => settingWords(field, settingAt(settings, path))
      return { path, label: field.label, base: words(base), mine: words(mine), theirs: words(theirs) }
    }),
    theirs: settingsChanges(base, theirs).filter(
      ({ path, providerId }) => providerId !== null || !minePaths.includes(path),
    ),
  }
}

/** The merged settings with the conflicts decided: those in `keepTheirs` take the other side's value. */
export const resolveConflicts = (
  merge: SettingsMerge,
  theirs: Settings,
  keepTheirs: ReadonlySet<SettingsPath>,
): Settings =>
  merge.conflicts
    .filter(({ path }) => keepTheirs.has(path))
    .reduce((settings, { path }) => withSetting(settings, path, settingAt(theirs, path)), merge.merged)
