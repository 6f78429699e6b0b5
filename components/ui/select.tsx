'use client'

import { Select as BaseSelect } from '@base-ui/react/select'
import type { ReactNode } from 'react'
import { useReadOnly } from './read-only.tsx'
import styles from './select.module.css'

export type SelectOption<Value extends string> = { value: Value; label: string; note?: ReactNode }

type Props<Value extends string> = {
  value: Value
  onValueChange: (value: Value) => void
  options: readonly SelectOption<Value>[]
  disabled?: boolean
  /** Its name where no Field gives one. */
  label?: string
  id?: string
}

/** One choice out of a list, in a Field or with a `label` of its own. */
export function Select<Value extends string>({
  value,
  onValueChange,
  options,
  disabled = false,
  label,
  id,
}: Props<Value>) {
  const isLocked = useReadOnly()
  return (
    <BaseSelect.Root
      value={value}
      readOnly={isLocked}
      items={options}
      disabled={disabled}
      onValueChange={(next) => {
        if (next !== null) onValueChange(next)
      }}
    >
      <BaseSelect.Trigger
        className={styles.trigger}
        {...(label === undefined ? {} : { 'aria-label': label })}
        {...(id === undefined ? {} : { id })}
      >
        <BaseSelect.Value className={styles.value} />
        <BaseSelect.Icon className={styles.icon}>
          <svg width="10" height="12" viewBox="0 0 10 12" fill="currentColor" aria-hidden="true">
            <path d="M8.5 7.5h-7L5 11zm0-3h-7L5 1z" />
          </svg>
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner className={styles.positioner} sideOffset={4} alignItemWithTrigger={false}>
          <BaseSelect.Popup className={styles.popup}>
            <BaseSelect.List className={styles.list}>
              {options.map((option) => (
                <BaseSelect.Item key={option.value} value={option.value} className={styles.item}>
                  <BaseSelect.ItemIndicator className={styles.indicator}>
                    <svg
                      width="12"
                      height="12"
                      viewBox="0 0 12 12"
                      fill="none"
                      stroke="currentColor"
                      strokeWidth="1.6"
                    >
                      <path d="m2 6.5 2.6 2.6L10 3" />
                    </svg>
                  </BaseSelect.ItemIndicator>
                  <div className={styles.words}>
                    <BaseSelect.ItemText>{option.label}</BaseSelect.ItemText>
                    {option.note !== undefined && <span className={styles.note}>{option.note}</span>}
                  </div>
                </BaseSelect.Item>
              ))}
            </BaseSelect.List>
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  )
}
