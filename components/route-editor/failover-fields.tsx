'use client'

import { ChoiceGroup } from '#components/ui/choice-group.tsx'
import { DurationInput } from '#components/ui/duration-input.tsx'
import { Field } from '#components/ui/field.tsx'
import { NumberInput } from '#components/ui/number-input.tsx'
import type { StrategyForm } from '#lib/view/strategy-form.ts'
import styles from './strategy-fields.module.css'
import { useStrategySurroundings } from './strategy-context.ts'
import type { StrategyFieldsProps } from './strategy-fields.tsx'

type Failover = Extract<StrategyForm, { type: 'failover' }>

const POLICIES: readonly { value: Failover['policy']; label: string; note: string }[] = [
  { value: 'immediate', label: 'At its first failure', note: 'And back as soon as one call succeeds' },
  {
    value: 'threshold',
    label: 'After failures in a row',
    note: 'A single failure does not move the traffic',
  },
  { value: 'latency', label: 'While it is slow', note: 'While its recent p95 is over a limit' },
  { value: 'cost', label: 'For a cheaper one', note: 'Whenever an eligible member costs less' },
]

/** When the first in order is left for the next. */
export function FailoverFields({ value, onChange, path }: StrategyFieldsProps<Failover>) {
  const { errorAt } = useStrategySurroundings()
  return (
    <>
      <ChoiceGroup
        label="Leave the first in order"
        layout="cards"
        value={value.policy}
        onValueChange={(policy) => onChange({ ...value, policy })}
        choices={POLICIES}
      />
      <div className={styles.pair}>
        {value.policy === 'threshold' && (
          <Field label="Failures in a row" error={errorAt(`${path}.policy.failures`)}>
            <NumberInput
              id={`${path}.policy.failures`}
              value={value.failures}
              onValueChange={(failures) => onChange({ ...value, failures })}
            />
          </Field>
        )}
        {value.policy === 'latency' && (
          <Field label="p95 over" hint="Such as 3s or 800ms" error={errorAt(`${path}.policy.p95`)}>
            <DurationInput
              id={`${path}.policy.p95`}
              value={value.p95}
              onValueChange={(p95) => onChange({ ...value, p95: p95 ?? '' })}
            />
          </Field>
        )}
      </div>
    </>
  )
}
