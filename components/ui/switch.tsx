'use client'

import { Switch as BaseSwitch } from '@base-ui/react/switch'
import type { Permission } from '#lib/domain/access/roles.ts'
import { useReadOnly } from './read-only.tsx'
import { Refused, useRefusal } from './refused.tsx'
import styles from './switch.module.css'

type Props = {
  checked: boolean
  onCheckedChange: (checked: boolean) => void
  disabled?: boolean
  /** Its name where no Field gives one. */
  label?: string
  /** As a button's: what its user must be allowed to. */
  needs?: Permission
}

/** On or off. */
export function Switch({ checked, onCheckedChange, disabled = false, label, needs }: Props) {
  const refusal = useRefusal(needs)
  const isLocked = useReadOnly()
  return (
    <Refused refusal={refusal}>
      <BaseSwitch.Root
        className={styles.track}
        checked={checked}
        onCheckedChange={(next) => onCheckedChange(next)}
        disabled={disabled}
        // Off, yet in the tab order, so that why can be heard.
        readOnly={isLocked || refusal !== null}
        aria-disabled={refusal !== null || undefined}
        aria-describedby={refusal?.id}
        {...(label === undefined ? {} : { 'aria-label': label })}
      >
        <BaseSwitch.Thumb className={styles.thumb} />
      </BaseSwitch.Root>
    </Refused>
  )
}
