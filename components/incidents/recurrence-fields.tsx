'use client'

import { useId } from 'react'
import { DurationInput } from '#components/ui/duration-input.tsx'
import { Field } from '#components/ui/field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import type { FieldErrors } from '#lib/view/field-errors.ts'
import { capitalise } from '#lib/view/format.ts'
import type { SilenceForm } from '#lib/view/silence-form.ts'
import { recurrenceWords } from '#lib/view/silence-words.ts'
import styles from './silence-dialog.module.css'

type Props = { form: SilenceForm; errors: FieldErrors; onChange: (form: SilenceForm) => void }

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

/** When a maintenance window begins, by whose clock, and how long it lasts. */
export function RecurrenceFields({ form, errors, onChange }: Props) {
  const zones = useId()
  return (
    <>
      <div className={styles.recurrence}>
        <Field label="Begins" hint="minute hour day month weekday" error={errors['recurrence.cron']}>
          <TextInput
            value={form.cron}
            spellCheck={false}
            autoCapitalize="none"
            onChange={({ target }) => onChange({ ...form, cron: target.value })}
          />
        </Field>
        <Field label="Time zone" hint="Whose clock it goes by" error={errors['recurrence.timeZone']}>
          <TextInput
            value={form.timeZone}
            spellCheck={false}
            list={zones}
            onChange={({ target }) => onChange({ ...form, timeZone: target.value })}
          />
        </Field>
        <Field label="Lasts" hint="1m to 7d" error={errors['recurrence.duration']}>
          <DurationInput
            value={form.duration}
            onValueChange={(duration) => onChange({ ...form, duration: duration ?? '' })}
          />
        </Field>
        <datalist id={zones}>
          {ZONES.map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      </div>
      <p>{capitalise(recurrenceWords(form))}. Without end, until somebody ends it.</p>
    </>
  )
}
