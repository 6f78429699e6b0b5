'use client'

import { useId } from 'react'
import { RemoveButton } from '#components/settings/remove-button.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { useProviderNames } from '#lib/client/use-provider-names.ts'
import { CONDITION_TYPES } from '#lib/domain/alerts/condition.ts'
import { SEVERITIES } from '#lib/domain/alerts/incident.ts'
import {
  type Matcher,
  MATCHER_FIELDS,
  MATCHER_OPERATORS,
  type MatcherField,
} from '#lib/domain/alerts/silence.ts'
import { capitalise } from '#lib/view/format.ts'
import type { FieldErrors } from '#lib/view/field-errors.ts'
import { emptyMatcher } from '#lib/view/silence-form.ts'
import { OPERATOR_WORDS } from '#lib/view/silence-words.ts'
import styles from './silence-dialog.module.css'

const MOST_MATCHERS = 20

type Props = {
  matchers: readonly Matcher[]
  errors: FieldErrors
  onChange: (matchers: Matcher[]) => void
}

/** Which alerts are meant: all that is said of them must hold. */
export function MatcherRows({ matchers, errors, onChange }: Props) {
  return (
    <div className={styles.group} role="group" aria-label="Alerts where">
      {matchers.map((matcher, index) => (
        <MatcherRow
          key={index}
          matcher={matcher}
          index={index}
          error={errors[`matchers.${index}.value`]}
          onChange={(next) => onChange(matchers.map((one, i) => (i === index ? next : one)))}
          onRemove={matchers.length === 1 ? null : () => onChange(matchers.filter((_, i) => i !== index))}
        />
      ))}
      <div>
        <Button
          size="small"
          disabled={matchers.length >= MOST_MATCHERS}
          onClick={() => onChange([...matchers, emptyMatcher()])}
        >
          And…
        </Button>
      </div>
    </div>
  )
}

type RowProps = {
  matcher: Matcher
  index: number
  error: string | undefined
  onChange: (matcher: Matcher) => void
  onRemove: (() => void) | null
}

function MatcherRow({ matcher, index, error, onChange, onRemove }: RowProps) {
  const known = useKnownValues()[matcher.field] ?? []
  const listId = useId()
  return (
    <div className={styles.matcher}>
      <Field label={index === 0 ? 'Alerts where' : 'and where'} nativeLabel={false}>
        <Select
          value={matcher.field}
          onValueChange={(field) => onChange({ ...matcher, field })}
          options={MATCHER_FIELDS.map((value) => ({ value, label: capitalise(value) }))}
        />
      </Field>
      <Field label="Test" nativeLabel={false}>
        <Select
          value={matcher.operator}
          onValueChange={(operator) => onChange({ ...matcher, operator })}
          options={MATCHER_OPERATORS.map((value) => ({ value, label: OPERATOR_WORDS[value] }))}
        />
      </Field>
      <Field label={matcher.operator === 'matches' ? 'Pattern, * is anything' : 'Value'} error={error}>
        <TextInput
          value={matcher.value}
          spellCheck={false}
          autoCapitalize="none"
          list={listId}
          maxLength={200}
          onChange={({ target }) => onChange({ ...matcher, value: target.value })}
        />
      </Field>
      <datalist id={listId}>
        {known.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </datalist>
      {onRemove !== null && <RemoveButton label={`Remove the condition ${index + 1}`} onClick={onRemove} />}
    </div>
  )
}

type Known = { value: string; label: string }
const plain = (value: string): Known => ({ value, label: value.replaceAll('_', ' ') })

/** What a field's value may be, where that is known. */
function useKnownValues(): Partial<Record<MatcherField, readonly Known[]>> {
  const names = useProviderNames()
  return {
    provider: Object.entries(names).map(([value, label]) => ({ value, label })),
    severity: SEVERITIES.map(plain),
    condition: CONDITION_TYPES.map(plain),
  }
}
