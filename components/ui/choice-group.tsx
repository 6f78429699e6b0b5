'use client'

import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import { useId, type ReactNode } from 'react'
import { useRoleLacking } from '#lib/client/session.ts'
import type { Permission } from '#lib/domain/access/roles.ts'
import { refusalWords } from '#lib/view/access-view.ts'
import styles from './choice-group.module.css'
import { useReadOnly } from './read-only.tsx'

export type Choice<Value extends string> = {
  value: Value
  label: string
  note?: ReactNode
  disabled?: boolean
}

type Props<Value extends string> = {
  label: string
  value: Value
  onValueChange: (value: Value) => void
  choices: readonly Choice<Value>[]
  /** `cards` stack with a note each; `segments` stand in one line. */
  layout?: 'cards' | 'segments'
  /** What its user must be allowed to: without it, it can be read only. It says so below. */
  needs?: Permission
}

/** A few choices that are all worth seeing at once. */
export function ChoiceGroup<Value extends string>(props: Props<Value>) {
  const { label, value, onValueChange, choices, layout = 'segments' } = props
  const id = useId()
  const role = useRoleLacking(props.needs)
  const isLocked = useReadOnly()
  const isOff = isLocked || role !== null
  return (
    <div className={styles.group}>
      <span id={id} className={styles.legend}>
        {label}
      </span>
      <RadioGroup<Value>
        aria-labelledby={id}
        value={value}
        readOnly={isOff}
        onValueChange={(next) => onValueChange(next)}
        className={layout === 'cards' ? styles.cards : styles.segments}
      >
        {choices.map((choice) => (
          <label
            key={choice.value}
            className={styles.choice}
            data-disabled={choice.disabled === true || undefined}
            data-locked={isOff || undefined}
          >
            <Radio.Root value={choice.value} disabled={choice.disabled === true} className={styles.radio}>
              <Radio.Indicator className={styles.dot} />
            </Radio.Root>
            <span className={styles.words}>
              <span className={styles.name}>{choice.label}</span>
              {choice.note !== undefined && <span className={styles.note}>{choice.note}</span>}
            </span>
          </label>
        ))}
      </RadioGroup>
      {role !== null && <span className={styles.note}>{refusalWords(role)}</span>}
    </div>
  )
}
