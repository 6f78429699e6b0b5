'use client'

import { useController, useFormContext, get } from 'react-hook-form'
import { Field } from '#components/ui/field.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { useReadOnly } from '#components/ui/read-only.tsx'
import type { Settings } from '#lib/contract/settings.ts'
import { formatScaled } from '#lib/view/number-text.ts'
import type { ProviderForm } from '#lib/view/provider-form.ts'
import { ownThreshold, ownThresholds, withOwnThreshold } from '#lib/view/settings-changes.ts'
import {
  complaintInUnit,
  INHERITABLE_FIELDS,
  settingAt,
  settingHint,
  SETTINGS_GROUPS,
  settingWords,
  type SettingsField,
} from '#lib/view/settings-fields.ts'
import styles from './form-section.module.css'
import { SettingInput } from './setting-input.tsx'
import { firstMessage } from './form-messages.ts'

const GROUPS = SETTINGS_GROUPS.map((group) => ({
  ...group,
  fields: INHERITABLE_FIELDS.filter((field) => field.group === group.group),
})).filter(({ fields }) => fields.length > 0)

/** The provider's own thresholds over those of all: each field says whether its value is inherited or set here. */
export function ProviderThresholds({ settings }: { settings: Settings }) {
  const { control } = useFormContext<ProviderForm>()
  const { field } = useController({ control, name: 'thresholds' })
  const own = ownThresholds(field.value)
  return (
    <div id="thresholds" className={styles.anchor}>
      <Panel
        title="Thresholds"
        meta={own.length === 0 ? 'all inherited' : `${own.length} set here, the rest inherited`}
      >
        {GROUPS.map(({ group, title, fields }) => {
          const here = own.filter(({ path }) => path.startsWith(`${group}.`)).length
          return (
            <details key={group} className={styles.more} open={here > 0 || undefined}>
              <summary>
                <span>{title}</span>
                <span className={styles.quiet}>{here === 0 ? 'inherited' : `${here} here`}</span>
              </summary>
              {fields.map((threshold) => (
                <OwnThreshold key={threshold.path} threshold={threshold} settings={settings} />
              ))}
            </details>
          )
        })}
      </Panel>
    </div>
  )
}

function OwnThreshold({ threshold, settings }: { threshold: SettingsField; settings: Settings }) {
  const { control } = useFormContext<ProviderForm>()
  const isLocked = useReadOnly()
  const { field, formState } = useController({ control, name: 'thresholds' })
  const value = ownThreshold(field.value, threshold)
  const from = settingAt(settings, threshold.path)
  const inherited = settingWords(threshold, from)
  const id = `thresholds.${threshold.path}`
  const message = firstMessage(get(formState.errors, id))
  return (
    <Field
      layout="row"
      label={threshold.label}
      hint={settingHint(threshold, settings)}
      error={message === undefined ? undefined : complaintInUnit(threshold, message)}
      aside={
        value === null ? (
          'inherited'
        ) : (
          <span className={styles.here}>
            <strong>here</strong>
            <button
              type="button"
              className={styles.reset}
              disabled={isLocked}
              onClick={() => field.onChange(withOwnThreshold(field.value, threshold, null))}
            >
              inherit {inherited}
              <span className="visually-hidden"> for {threshold.label}</span>
            </button>
          </span>
        )
      }
    >
      <SettingInput
        id={id}
        field={threshold}
        value={value}
        emptyMeans={
          typeof from === 'number'
            ? formatScaled(from, threshold.unit === 'percent' ? 'percent' : 'plain')
            : inherited
        }
        changed={value !== null}
        onBlur={field.onBlur}
        onValueChange={(next) => field.onChange(withOwnThreshold(field.value, threshold, next))}
      />
    </Field>
  )
}
