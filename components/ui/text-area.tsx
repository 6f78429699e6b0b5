'use client'

import { Field as BaseField } from '@base-ui/react/field'
import type { ComponentProps } from 'react'
import { useReadOnly } from './read-only.tsx'
import styles from './text-input.module.css'

type Props = Omit<ComponentProps<'textarea'>, 'ref' | 'value' | 'defaultValue' | 'className'> & {
  ref?: React.Ref<HTMLTextAreaElement>
  value?: string
}

/** A few lines of text; inside a Field it takes its label, hint and error from there. */
export function TextArea({ ref, rows = 2, value, readOnly = false, ...rest }: Props) {
  const isLocked = useReadOnly()
  return (
    <BaseField.Control
      {...(value === undefined ? {} : { value })}
      className={styles.input}
      render={<textarea rows={rows} {...rest} readOnly={readOnly || isLocked} ref={ref} />}
    />
  )
}
