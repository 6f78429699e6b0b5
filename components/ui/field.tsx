'use client'

import { Field as BaseField } from '@base-ui/react/field'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { ComplaintSign } from './complaint-sign.tsx'
import complaint from './complaint.module.css'
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
          <BaseField.Error match className={classNames(complaint.complaint, styles.error)}>
            <ComplaintSign />
            <span>{error}</span>
          </BaseField.Error>
        )}
      </div>
      {aside !== undefined && <div className={styles.aside}>{aside}</div>}
    </BaseField.Root>
  )
}
