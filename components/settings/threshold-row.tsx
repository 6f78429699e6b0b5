'use client'

import { Field } from '#components/ui/field.tsx'
import { DEFAULT_SETTINGS, type Settings } from '#lib/contract/settings.ts'
import {
  sameSetting,
  settingAt,
  settingHint,
  settingWords,
  type SettingsField,
  type SettingValue,
} from '#lib/view/settings-fields.ts'
import { SettingInput } from './setting-input.tsx'
import styles from './threshold-row.module.css'

type Props = {
  field: SettingsField
  inForce: Settings
  draft: Settings
  error: string | undefined
  onValueChange: (value: SettingValue) => void
  onBlur: () => void
}

/** One threshold: what it does, its draft, and what is in force or by default. */
export function ThresholdRow({ field, inForce, draft, error, onValueChange, onBlur }: Props) {
  const value = settingAt(draft, field.path)
  const before = settingAt(inForce, field.path)
  const isChanged = !sameSetting(value, before)
  return (
    <Field
      layout="row"
      label={field.label}
      hint={settingHint(field, draft)}
      error={error}
      aside={
        isChanged ? (
          <button type="button" className={styles.was} onClick={() => onValueChange(before)}>
            was {settingWords(field, before)}
            <span className="visually-hidden">, restore it</span>
            <svg
              width="11"
              height="11"
              viewBox="0 0 12 12"
              fill="none"
              stroke="currentColor"
              strokeWidth="1.4"
              aria-hidden="true"
            >
              <path d="M3.2 2v3h3M3.4 4.8A4 4 0 1 1 2.4 8" />
            </svg>
          </button>
        ) : (
          defaultWords(field, before)
        )
      }
    >
      <SettingInput
        id={field.path}
        field={field}
        value={value}
        onValueChange={onValueChange}
        onBlur={onBlur}
        changed={isChanged}
      />
    </Field>
  )
}

function defaultWords(field: SettingsField, value: SettingValue): string {
  const byDefault = settingAt(DEFAULT_SETTINGS, field.path)
  return sameSetting(value, byDefault) ? 'default' : `default ${settingWords(field, byDefault)}`
}
