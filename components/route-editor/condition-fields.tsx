'use client'

import { Field } from '#components/ui/field.tsx'
import { NumberInput } from '#components/ui/number-input.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import type { ConditionForm } from '#lib/view/strategy-form.ts'
import { CONDITION_WORDS } from '#lib/view/strategy-words.ts'
import styles from './strategy-fields.module.css'
import { useStrategySurroundings } from './strategy-context.ts'

type Props = { condition: ConditionForm; path: string; onChange: (condition: ConditionForm) => void }

/** The fields of one condition. */
export function ConditionFields({ condition, path, onChange }: Props) {
  const { errorAt } = useStrategySurroundings()
  const label = (part = '') => (
    <span className="visually-hidden">{`${CONDITION_WORDS[condition.kind]}${part}`}</span>
  )
  switch (condition.kind) {
    case 'model':
    case 'modelPrefix':
    case 'region':
    case 'user':
      return (
        <Field label={label()} error={errorAt(path)}>
          <TextInput
            id={path}
            value={condition.text}
            spellCheck={false}
            onChange={({ target }) => onChange({ ...condition, text: target.value })}
          />
        </Field>
      )
    case 'minRequestBytes':
    case 'minTokens':
      return (
        <Field label={label()} error={errorAt(path)}>
          <NumberInput
            id={path}
            value={condition.amount}
            onValueChange={(amount) => onChange({ ...condition, amount })}
          />
        </Field>
      )
    case 'time':
      return <TimeFields condition={condition} path={path} onChange={onChange} />
    case 'header':
    case 'metadata':
      return <PairFields condition={condition} path={path} onChange={onChange} />
  }
}

type TimeProps = Omit<Props, 'condition'> & { condition: Extract<ConditionForm, { kind: 'time' }> }

const TIMES = [
  { name: 'from', label: 'From', placeholder: '08:00' },
  { name: 'to', label: 'To', placeholder: '18:00' },
  { name: 'zone', label: 'Time zone', placeholder: 'Europe/Berlin' },
] as const

function TimeFields({ condition, path, onChange }: TimeProps) {
  const { errorAt } = useStrategySurroundings()
  return (
    <div className={styles.time}>
      {TIMES.map(({ name, label, placeholder }) => (
        <Field key={name} label={label} error={errorAt(`${path}.${name}`)}>
          <TextInput
            id={`${path}.${name}`}
            value={condition[name]}
            placeholder={placeholder}
            spellCheck={false}
            onChange={({ target }) => onChange({ ...condition, [name]: target.value })}
          />
        </Field>
      ))}
    </div>
  )
}

type PairProps = Omit<Props, 'condition'> & {
  condition: Extract<ConditionForm, { kind: 'header' | 'metadata' }>
}

function PairFields({ condition, path, onChange }: PairProps) {
  const { errorAt } = useStrategySurroundings()
  const key = condition.kind === 'header' ? 'name' : 'key'
  return (
    <div className={styles.test}>
      <Field label="Name" error={errorAt(`${path}.${key}`)}>
        <TextInput
          id={`${path}.${key}`}
          value={condition.name}
          placeholder={condition.kind === 'header' ? 'x-tier' : 'team'}
          spellCheck={false}
          onChange={({ target }) => onChange({ ...condition, name: target.value })}
        />
      </Field>
      <Field label="Test" nativeLabel={false}>
        <Select
          value={condition.test}
          onValueChange={(test) => onChange({ ...condition, test })}
          options={[
            { value: 'equals', label: 'is' },
            { value: 'matches', label: 'matches' },
          ]}
        />
      </Field>
      <Field
        label={condition.test === 'equals' ? 'Value' : 'Pattern'}
        error={errorAt(`${path}.${condition.test}`)}
      >
        <TextInput
          id={`${path}.${condition.test}`}
          value={condition.value}
          spellCheck={false}
          onChange={({ target }) => onChange({ ...condition, value: target.value })}
        />
      </Field>
    </div>
  )
}
