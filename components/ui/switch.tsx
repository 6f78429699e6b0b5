'use client'

import { Switch as BaseSwitch } from '@base-ui/react/switch'
import styles from './switch.module.css'

type Props = {
  checked: boolean
  onCheckedChange: (checked: boolean) => void
  disabled?: boolean
  /** Its name where no Field gives one. */
  label?: string
}

/** On or off. */
export function Switch({ checked, onCheckedChange, disabled = false, label }: Props) {
  return (
    <BaseSwitch.Root
      className={styles.track}
      checked={checked}
      onCheckedChange={(next) => onCheckedChange(next)}
      disabled={disabled}
      {...(label === undefined ? {} : { 'aria-label': label })}
    >
      <BaseSwitch.Thumb className={styles.thumb} />
    </BaseSwitch.Root>
  )
}
