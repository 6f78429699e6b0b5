'use client'

import { ChoiceGroup } from '#components/ui/choice-group.tsx'
import { Field } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { ReasonField } from '#components/ui/reason-field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { useClock } from '#lib/client/clock.ts'
import { useZone } from '#lib/client/use-zone.ts'
import type { CircuitSnapshot } from '#lib/contract/circuit.ts'
import type { FieldErrors } from '#lib/view/field-errors.ts'
import { dateTimeWords, leftWords } from '#lib/view/format.ts'
import {
  endAllowed,
  overrideEffects,
  overrideEndsAt,
  withMode,
  type OverrideEnd,
  type OverrideForm,
} from '#lib/view/override-form.ts'
import { AutomaticState } from './automatic-state.tsx'
import { TrafficEffects } from './traffic-effects.tsx'

type Props = {
  form: OverrideForm
  onChange: (form: OverrideForm) => void
  errors: FieldErrors
  circuit: CircuitSnapshot
  /** `toType`: the name to be typed where the server asks for it; null where it does not. */
  names: { full: string; toType: string | null }
}

const END_LABELS: Record<OverrideEnd, string> = { '15m': '15 min', '1h': '1 h', '4h': '4 h', until: 'Until…' }

/** The fields of an override: mode, reason, end, and the typed name where traffic would have nowhere to go. */
export function OverrideFields({ form, onChange, errors, circuit, names }: Props) {
  const { zone } = useZone()
  const endsAt = useClock((now) => overrideEndsAt(form, now, zone))
  const left = useClock((now) => (endsAt === null ? '' : leftWords(endsAt, now)))
  const effects = overrideEffects(names.full, circuit)
  return (
    <>
      <AutomaticState circuit={circuit} />
      <ChoiceGroup
        label="Mode"
        layout="cards"
        value={form.mode}
        onValueChange={(mode) => onChange(withMode(form, mode))}
        choices={[
          { value: 'forced_open', label: 'Forced open', note: effects.forced_open },
          { value: 'forced_closed', label: 'Forced closed', note: effects.forced_closed },
          { value: 'shadow', label: 'Shadow', note: effects.shadow },
        ]}
      />
      <EffectsOfMode mode={form.mode} circuit={circuit} />
      <ReasonField
        value={form.reason}
        onValueChange={(reason) => onChange({ ...form, reason })}
        error={errors['reason']}
      />
      <ChoiceGroup
        label="Ends after"
        value={form.end}
        onValueChange={(end) => onChange({ ...form, end })}
        choices={(Object.keys(END_LABELS) as OverrideEnd[]).map((end) => ({
          value: end,
          label: END_LABELS[end],
          disabled: !endAllowed(form.mode, end),
        }))}
      />
      {form.end === 'until' && (
        <Field label={`Until, in ${zone} time`} error={endError(errors['ttl'], endsAt)}>
          <TextInput
            type="datetime-local"
            value={form.until}
            onChange={(event) => onChange({ ...form, until: event.target.value })}
          />
        </Field>
      )}
      {endsAt !== null && (
        <p suppressHydrationWarning>
          Ends {dateTimeWords(endsAt, zone)}, in {left}.
        </p>
      )}
      {names.toType !== null && (
        <>
          <Notice tone="warn" title="This leaves a route without an eligible member" />
          <Field label={`Type ${names.toType} to go on`} error={errors['confirm']}>
            <TextInput
              value={form.confirm}
              spellCheck={false}
              onChange={(event) => onChange({ ...form, confirm: event.target.value })}
            />
          </Field>
        </>
      )}
    </>
  )
}

/** A model's circuit holds one model alone, of which the routes' shares say nothing. */
function EffectsOfMode({ mode, circuit }: { mode: OverrideForm['mode']; circuit: CircuitSnapshot }) {
  if (circuit.model !== null) return null
  if (mode === 'forced_open') return <TrafficEffects providerId={circuit.providerId} change="leaves" />
  return circuit.effective === 'closed' ? null : (
    <TrafficEffects providerId={circuit.providerId} change="returns" />
  )
}

function endError(complaint: string | undefined, endsAt: number | null): string | undefined {
  if (complaint === undefined) return undefined
  return endsAt === null ? 'choose a time' : `from now, ${complaint}`
}
