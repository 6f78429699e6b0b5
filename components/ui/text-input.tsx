'use client'

import { Field as BaseField } from '@base-ui/react/field'
import type { ComponentProps, ReactNode } from 'react'
import { useReadOnly } from './read-only.tsx'
import styles from './text-input.module.css'

export type TextInputProps = Omit<
  ComponentProps<'input'>,
  'ref' | 'prefix' | 'defaultValue' | 'onChange' | 'value'
> & {
  ref?: React.Ref<HTMLElement>
  value?: string
  defaultValue?: string
  onChange?: (event: React.ChangeEvent<HTMLInputElement>) => void
  /** A unit after the value, inside the frame. */
  unit?: ReactNode
  /** Outlines the field: its value differs from what is in force. */
  changed?: boolean
}

/** One line of text; inside a Field it takes its label, hint and error from there. */
export function TextInput({ unit, changed = false, className, readOnly = false, ...rest }: TextInputProps) {
  const isLocked = useReadOnly()
  return (
    <span className={styles.frame} data-unit={unit === undefined ? undefined : ''}>
      <BaseField.Control
        type="text"
        autoComplete="off"
        {...rest}
        readOnly={readOnly || isLocked}
        className={`${styles.input} ${className ?? ''}`}
        data-changed={changed || undefined}
      />
      {unit !== undefined && (
        <span className={styles.unit} aria-hidden="true">
          {unit}
        </span>
      )}
    </span>
  )
}
