'use client'

import { Field as BaseField } from '@base-ui/react/field'
import type { ReactNode } from 'react'
import styles from './field.module.css'

export type FieldProps = {
  label: ReactNode
  /** Bounds, units, what it does: read out with the control. */
  hint?: ReactNode
  /** What is wrong with the value; shown at the field and read out with it. */
  error?: string | undefined
  /** `row` puts label and hint at the left of the control, as the thresholds do. */
  layout?: 'stack' | 'row'
  /** After the control: "was 5", "default", a button. */
  aside?: ReactNode
  optional?: boolean
  /** False when the control is a button (a select): a press on the label then only names it. */
  nativeLabel?: boolean
  changed?: boolean
  children: ReactNode
}

/** A control with its label, hint and error, tied together for screen readers. */
export function Field(props: FieldProps) {
  const { label, hint, error, layout = 'stack', aside, optional = false, nativeLabel = true, changed } = props
  return (
    <BaseField.Root
      className={styles.field}
      data-layout={layout}
      data-changed={changed === true || undefined}
      invalid={error !== undefined}
    >
      <div className={styles.words}>
        <BaseField.Label
          className={styles.label}
          nativeLabel={nativeLabel}
          {...(nativeLabel ? {} : { render: <div /> })}
        >
          {label}
          {optional && <span className={styles.optional}> optional</span>}
        </BaseField.Label>
        {hint !== undefined && <BaseField.Description className={styles.hint}>{hint}</BaseField.Description>}
      </div>
      <div className={styles.control}>
        {props.children}
        {error !== undefined && (
          <BaseField.Error match className={styles.error}>
            <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
              <path d="M3.6.5h4.8l3.1 3.1v4.8l-3.1 3.1H3.6L.5 8.4V3.6z" fill="var(--unhealthy)" />
              <path d="M6 3v3.6M6 8.2v.9" stroke="var(--on-unhealthy)" strokeWidth="1.4" />
            </svg>
            <span>{error}</span>
          </BaseField.Error>
        )}
      </div>
      {aside !== undefined && <div className={styles.aside}>{aside}</div>}
    </BaseField.Root>
  )
}
