'use client'

import { RemoveButton } from '#components/settings/remove-button.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { emptyRule, type RuleForm, type StrategyForm } from '#lib/view/strategy-form.ts'
import { ConditionRows } from './condition-rows.tsx'
import styles from './strategy-fields.module.css'
import { useStrategySurroundings } from './strategy-context.ts'
import { StrategyFields, type StrategyFieldsProps } from './strategy-fields.tsx'

type Conditional = Extract<StrategyForm, { type: 'conditional' }>

/** The rules in the order they are asked, each with a strategy of its own, and what holds when none matches. */
export function ConditionalFields({ value, onChange, path, depth }: StrategyFieldsProps<Conditional>) {
  const { rules } = value
  const setRules = (next: RuleForm[]) => onChange({ ...value, rules: next })
  return (
    <div className={styles.rows} id={`${path}.rules`} tabIndex={-1}>
      {rules.map((rule, index) => (
        <Rule
          key={index}
          rule={rule}
          index={index}
          path={`${path}.rules.${index}`}
          depth={depth}
          onChange={(next) => setRules(rules.with(index, next))}
          onUp={index === 0 ? null : () => setRules(rules.toSpliced(index, 1).toSpliced(index - 1, 0, rule))}
          onRemove={rules.length === 1 ? null : () => setRules(rules.toSpliced(index, 1))}
        />
      ))}
      <div>
        <Button size="small" onClick={() => setRules([...rules, emptyRule()])}>
          Add a rule
        </Button>
      </div>
      <section className={styles.box} aria-label="Otherwise">
        <p className={styles.heading}>Otherwise</p>
        <StrategyFields
          value={value.otherwise}
          onChange={(otherwise) => onChange({ ...value, otherwise })}
          path={`${path}.otherwise`}
          depth={depth + 1}
        />
      </section>
    </div>
  )
}

type RuleProps = {
  rule: RuleForm
  index: number
  path: string
  depth: number
  onChange: (rule: RuleForm) => void
  onUp: (() => void) | null
  onRemove: (() => void) | null
}

function Rule({ rule, index, path, depth, onChange, onUp, onRemove }: RuleProps) {
  const { errorAt } = useStrategySurroundings()
  const title = `Rule ${index + 1}`
  return (
    <section className={styles.box} aria-label={title}>
      <div className={styles.ruleHead}>
        <Field label={title} optional error={errorAt(`${path}.name`)}>
          <TextInput
            id={`${path}.name`}
            value={rule.name}
            placeholder={`rule ${index + 1}`}
            onChange={({ target }) => onChange({ ...rule, name: target.value })}
          />
        </Field>
        {onUp !== null && (
          <Button variant="quiet" aria-label={`Ask ${title} earlier`} onClick={onUp}>
            Earlier
          </Button>
        )}
        {onRemove !== null && <RemoveButton label={`Remove ${title}`} onClick={onRemove} />}
      </div>
      <ConditionRows
        conditions={rule.when}
        path={`${path}.when`}
        onChange={(when) => onChange({ ...rule, when })}
      />
      <StrategyFields
        value={rule.use}
        onChange={(use) => onChange({ ...rule, use })}
        path={`${path}.use`}
        depth={depth + 1}
      />
    </section>
  )
}
