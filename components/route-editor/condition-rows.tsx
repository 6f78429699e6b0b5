'use client'

import { RemoveButton } from '#components/settings/remove-button.tsx'
import { Complaint } from '#components/ui/complaint.tsx'
import { Select } from '#components/ui/select.tsx'
import {
  CONDITION_KINDS,
  emptyCondition,
  type ConditionForm,
  type ConditionKind,
} from '#lib/view/strategy-form.ts'
import { CONDITION_WORDS } from '#lib/view/strategy-words.ts'
import { ConditionFields } from './condition-fields.tsx'
import styles from './strategy-fields.module.css'
import { useStrategySurroundings } from './strategy-context.ts'

const NONE = ''

type Props = {
  conditions: readonly ConditionForm[]
  path: string
  onChange: (conditions: ConditionForm[]) => void
}

/** What a rule asks of a request: all of it must hold. */
export function ConditionRows({ conditions, path, onChange }: Props) {
  const { errorAt } = useStrategySurroundings()
  const used = new Set(conditions.map(({ kind }) => kind))
  const free = CONDITION_KINDS.filter((kind) => !used.has(kind))
  return (
    <div className={styles.conditions} id={path} tabIndex={-1}>
      {conditions.map((condition, index) => (
        <div key={condition.kind} className={styles.condition}>
          <span className={styles.kind}>
            {index === 0 ? 'When' : 'and'} {CONDITION_WORDS[condition.kind]}
          </span>
          <ConditionFields
            condition={condition}
            path={`${path}.${condition.kind}`}
            onChange={(next) => onChange(conditions.map((one, i) => (i === index ? next : one)))}
          />
          <RemoveButton
            label={`Do not ask: ${CONDITION_WORDS[condition.kind]}`}
            onClick={() => onChange(conditions.filter((one) => one !== condition))}
          />
        </div>
      ))}
      {conditions.length === 0 && <Complaint>{errorAt(path)}</Complaint>}
      {free.length > 0 && (
        <div className={styles.addCondition}>
          <Select<ConditionKind | typeof NONE>
            label="Add a condition"
            value={NONE}
            onValueChange={(kind) => {
              if (kind !== NONE) onChange([...conditions, emptyCondition(kind)])
            }}
            options={[
              { value: NONE, label: conditions.length === 0 ? 'When…' : 'And…' },
              ...free.map((kind) => ({ value: kind, label: CONDITION_WORDS[kind] })),
            ]}
          />
        </div>
      )}
    </div>
  )
}
