'use client'

import type { ReactNode } from 'react'
import { Button, type ButtonProps } from './button.tsx'
import styles from './icon-button.module.css'
import { Tooltip } from './tooltip.tsx'

/** A square button of one icon; `label` is its name for everyone: tooltip and screen reader alike. */
export function IconButton({
  label,
  children,
  ...rest
}: ButtonProps & { label: string; children?: ReactNode }) {
  return (
    <Tooltip text={label}>
      <Button variant="quiet" {...rest} className={styles.square ?? ''} aria-label={label}>
        {children}
      </Button>
    </Tooltip>
  )
}
