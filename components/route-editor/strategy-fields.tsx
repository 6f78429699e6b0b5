'use client'

import { ChoiceGroup } from '#components/ui/choice-group.tsx'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { BALANCE_ALGORITHMS, STRATEGY_TYPES } from '#lib/domain/routing/route.ts'
import { withStrategyType, type StrategyForm } from '#lib/view/strategy-form.ts'
import { ALGORITHM_FACTS, STRATEGY_FACTS } from '#lib/view/strategy-words.ts'
import { AbTestFields } from './ab-test-fields.tsx'
import { AdaptiveFields } from './adaptive-fields.tsx'
import { ConditionalFields } from './conditional-fields.tsx'
import { CostFields } from './cost-fields.tsx'
import { FailoverFields } from './failover-fields.tsx'
import { SingleFields } from './single-fields.tsx'
import styles from './strategy-fields.module.css'
import { useStrategySurroundings } from './strategy-context.ts'

/** How deep conditionals may nest; the schema says so too. */
const DEEPEST = 5

export type StrategyFieldsProps<Form extends StrategyForm = StrategyForm> = {
  value: Form
  onChange: (value: StrategyForm) => void
  /** Where in the route's form it lies: `strategy`, `strategy.rules.0.use`. */
  path: string
  depth: number
}

/** A strategy and its own parameters; a conditional nests others. */
export function StrategyFields({ value, onChange, path, depth }: StrategyFieldsProps) {
  const { members, errorAt } = useStrategySurroundings()
  const ids = members.map(({ id }) => id)
  const types = STRATEGY_TYPES.filter((type) => type !== 'conditional' || depth < DEEPEST)
  return (
    <div className={styles.strategy}>
      <Field
        label={depth === 1 ? 'Strategy' : 'By'}
        hint={STRATEGY_FACTS[value.type].note}
        error={errorAt(`${path}.type`)}
        nativeLabel={false}
      >
        <Select
          id={path}
          value={value.type}
          onValueChange={(type) => onChange(withStrategyType(value, type, ids))}
          options={types.map((type) => ({ value: type, ...STRATEGY_FACTS[type] }))}
        />
      </Field>
      <Parameters value={value} onChange={onChange} path={path} depth={depth} />
    </div>
  )
}

function Parameters({ value, ...rest }: StrategyFieldsProps) {
  switch (value.type) {
    case 'single':
      return <SingleFields {...rest} value={value} />
    case 'load-balance':
      return (
        <ChoiceGroup
          label="How"
          layout="cards"
          value={value.algorithm}
          onValueChange={(algorithm) => rest.onChange({ ...value, algorithm })}
          choices={BALANCE_ALGORITHMS.map((algorithm) => ({
            value: algorithm,
            ...ALGORITHM_FACTS[algorithm],
          }))}
        />
      )
    case 'failover':
      return <FailoverFields {...rest} value={value} />
    case 'ab-test':
      return <AbTestFields {...rest} value={value} />
    case 'geographic':
      return (
        <p className={styles.note}>
          Goes by the providers’ regions and coordinates and by the request’s region. Nothing to set here.
        </p>
      )
    case 'cost':
      return <CostFields {...rest} value={value} />
    case 'conditional':
      return <ConditionalFields {...rest} value={value} />
    case 'adaptive':
      return <AdaptiveFields {...rest} value={value} />
  }
}
