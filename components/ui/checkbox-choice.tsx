'use client'

import { Checkbox } from '@base-ui/react/checkbox'
import { useId, type ReactNode } from 'react'
import styles from './checkbox-choice.module.css'

type Props = {
  label: ReactNode
  note?: ReactNode
  checked: boolean
  onCheckedChange: (checked: boolean) => void
}

/** Something to be chosen or not, with what it means. */
export function CheckboxChoice({ label, note, checked, onCheckedChange }: Props) {
  const id = useId()
  return (
    <label className={styles.choice}>
      <Checkbox.Root
        className={styles.box}
        checked={checked}
        onCheckedChange={(next) => onCheckedChange(next)}
        aria-labelledby={id}
        {...(note === undefined ? {} : { 'aria-describedby': `${id}-note` })}
      >
        <Checkbox.Indicator className={styles.mark} keepMounted>
          <svg width="10" height="10" viewBox="0 0 12 12" fill="none" stroke="currentColor" strokeWidth="2">
            <path d="m2 6.5 2.6 2.6L10 3" />
          </svg>
        </Checkbox.Indicator>
      </Checkbox.Root>
      <span className={styles.words}>
        <span id={id} className={styles.name}>
          {label}
        </span>
        {note !== undefined && (
          <span id={`${id}-note`} className={styles.note}>
            {note}
          </span>
        )}
      </span>
    </label>
  )
}
