'use client'

import { Field } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { NumberInput } from '#components/ui/number-input.tsx'
import type { StrategyForm } from '#lib/view/strategy-form.ts'
import styles from './strategy-fields.module.css'
import { useStrategySurroundings } from './strategy-context.ts'
import type { StrategyFieldsProps } from './strategy-fields.tsx'

type Adaptive = Extract<StrategyForm, { type: 'adaptive' }>

const WEIGHTS = [
  { name: 'success', label: 'Success', hint: 'Its health score' },
  { name: 'latency', label: 'Latency', hint: 'Against the fastest' },
  { name: 'cost', label: 'Cost', hint: 'Against the cheapest' },
] as const

/** How much each measurement counts, and how much is left to chance. */
export function AdaptiveFields({ value, onChange, path }: StrategyFieldsProps<Adaptive>) {
  const { errorAt } = useStrategySurroundings()
  const isBelow = WEIGHTS.some(({ name }) => errorAt(`${path}.weights.${name}`) !== undefined)
  const whole = errorAt(`${path}.weights.root`) ?? (isBelow ? undefined : errorAt(`${path}.weights`))
  return (
    <>
      <div className={styles.pair}>
        {WEIGHTS.map(({ name, label, hint }) => (
          <Field
            key={name}
            label={`Weight of ${label.toLowerCase()}`}
            hint={hint}
            error={errorAt(`${path}.weights.${name}`)}
          >
            <NumberInput
              id={`${path}.weights.${name}`}
              value={value[name]}
              onValueChange={(weight) => onChange({ ...value, [name]: weight })}
            />
          </Field>
        ))}
        <Field
          label="Exploration"
          hint="Goes to all alike, so that none is forgotten"
          error={errorAt(`${path}.exploration`)}
        >
          <NumberInput
            id={`${path}.exploration`}
            scale="percent"
            value={value.exploration}
            onValueChange={(exploration) => onChange({ ...value, exploration })}
          />
        </Field>
      </div>
      {whole !== undefined && <Notice tone="bad" title={`Weights: ${whole}`} />}
    </>
  )
}
