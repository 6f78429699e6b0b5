'use client'

import { ChoiceGroup } from '#components/ui/choice-group.tsx'
import { Field } from '#components/ui/field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { useClock } from '#lib/client/clock.ts'
import { useZone } from '#lib/client/use-zone.ts'
import { dateTimeWords } from '#lib/view/format.ts'
import type { FieldErrors } from '#lib/view/field-errors.ts'
import { SILENCE_ENDS, type SilenceEnd, type SilenceForm, silenceEndsAt } from '#lib/view/silence-form.ts'
import { RecurrenceFields } from './recurrence-fields.tsx'

type Props = { form: SilenceForm; errors: FieldErrors; onChange: (form: SilenceForm) => void }

const END_LABELS: Record<SilenceEnd, string> = { '30m': '30 min', '2h': '2 h', '8h': '8 h', until: 'Until…' }

/** When it holds: from now to an end, or again and again. */
export function SilenceTimes({ form, errors, onChange }: Props) {
  return (
    <>
      <ChoiceGroup
        label="When"
        value={form.kind}
        onValueChange={(kind) => onChange({ ...form, kind })}
        choices={[
          { value: 'once', label: 'From now' },
          { value: 'recurring', label: 'Again and again' },
        ]}
      />
      {form.kind === 'once' ? (
        <OnceFields form={form} errors={errors} onChange={onChange} />
      ) : (
        <RecurrenceFields form={form} errors={errors} onChange={onChange} />
      )}
    </>
  )
}

function OnceFields({ form, errors, onChange }: Props) {
  const { zone } = useZone()
  const endsAt = useClock((now) => silenceEndsAt(form, now, zone))
  return (
    <>
      <ChoiceGroup
        label="For"
        value={form.end}
        onValueChange={(end) => onChange({ ...form, end })}
        choices={SILENCE_ENDS.map((value) => ({ value, label: END_LABELS[value] }))}
      />
      {form.end === 'until' && (
        <Field label={`Until, in ${zone} time`} error={errors['until']}>
          <TextInput
            type="datetime-local"
            value={form.until}
            onChange={({ target }) => onChange({ ...form, until: target.value })}
          />
        </Field>
      )}
      {endsAt !== null && <p suppressHydrationWarning>Ends {dateTimeWords(endsAt, zone)}.</p>}
    </>
  )
}
