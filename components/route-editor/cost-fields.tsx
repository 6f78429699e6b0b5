'use client'

import { DurationInput } from '#components/ui/duration-input.tsx'
import { Field } from '#components/ui/field.tsx'
import { NumberInput } from '#components/ui/number-input.tsx'
import type { StrategyForm } from '#lib/view/strategy-form.ts'
import styles from './strategy-fields.module.css'
import { useStrategySurroundings } from './strategy-context.ts'
import type { StrategyFieldsProps } from './strategy-fields.tsx'

type Props = StrategyFieldsProps<Extract<StrategyForm, { type: 'cost' }>>

/** What the cheapest must hold to be taken. */
export function CostFields({ value, onChange, path }: Props) {
  const { errorAt } = useStrategySurroundings()
  return (
    <div className={styles.pair}>
      <Field
        label="p95 at most"
        hint="Of its last 5 min; a slower member is left out"
        optional
        error={errorAt(`${path}.maxLatency`)}
      >
        <DurationInput
          id={`${path}.maxLatency`}
          value={value.maxLatency}
          emptyMeans="any"
          onValueChange={(maxLatency) => onChange({ ...value, maxLatency })}
        />
      </Field>
      <Field
        label="Health score at least"
        hint="The moving average of its success"
        optional
        error={errorAt(`${path}.minSuccessRate`)}
      >
        <NumberInput
          id={`${path}.minSuccessRate`}
          scale="percent"
          placeholder="any"
          value={value.minSuccessRate}
          onValueChange={(minSuccessRate) => onChange({ ...value, minSuccessRate })}
        />
      </Field>
    </div>
  )
}
