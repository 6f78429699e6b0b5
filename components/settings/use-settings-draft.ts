'use client'

import { useState } from 'react'
import type { SettingsPath } from '#lib/contract/bounds.ts'
import { plainWords } from '#lib/contract/plain-words.ts'
import { settingsSchema, type Settings, type SettingsVersion } from '#lib/contract/settings.ts'
import { fieldErrors, type FieldErrors } from '#lib/view/field-errors.ts'
import { changedPaths } from '#lib/view/settings-changes.ts'
import { complaintInUnit, settingsField, withSetting, type SettingValue } from '#lib/view/settings-fields.ts'
import { SETTINGS_PATHS } from '#lib/contract/bounds.ts'

/** A draft of the thresholds, laid over the version it was begun from. */
export type SettingsDraft = {
  /** The version the draft is compared with and will be saved over. */
  base: SettingsVersion
  draft: Settings
  /** What the schema says of the draft, in the units of the fields. */
  errors: FieldErrors
  change: (path: SettingsPath, value: SettingValue) => void
  /** Replaces draft and base, after a conflict was settled. */
  rebase: (base: SettingsVersion, draft: Settings) => void
  discard: () => void
}

/** Holds what has been typed; while nothing differs, it follows the version in force. */
export function useSettingsDraft(inForce: SettingsVersion): SettingsDraft {
  const [edit, setEdit] = useState<{ base: SettingsVersion; draft: Settings } | null>(null)
  const base = edit?.base ?? inForce
  const draft = edit?.draft ?? inForce.settings
  const put = (nextBase: SettingsVersion, nextDraft: Settings) =>
    setEdit(
      changedPaths(nextBase.settings, nextDraft).length === 0 ? null : { base: nextBase, draft: nextDraft },
    )
  return {
    base,
    draft,
    errors: draftErrors(draft),
    change: (path, value) => put(base, withSetting(draft, path, value)),
    rebase: put,
    discard: () => setEdit(null),
  }
}

function draftErrors(draft: Settings): FieldErrors {
  const parsed = settingsSchema.safeParse(draft, { error: plainWords })
  if (parsed.success) return {}
  return Object.fromEntries(
    Object.entries(fieldErrors(parsed.error.issues)).map(([path, message]) => {
      const known = SETTINGS_PATHS.find((candidate) => path === candidate || path.endsWith(`.${candidate}`))
      return [path, known === undefined ? message : complaintInUnit(settingsField(known), message)]
    }),
  )
}
