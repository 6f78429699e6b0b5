import type { ReactNode } from 'react'
import styles from './pill.module.css'
import { classNames } from './class-names.ts'

/** How a pill speaks: `plain` states a fact, `held` an operator's doing, `warning` wants a look, `bad` wants it now. */
export type PillTone = 'plain' | 'held' | 'warning' | 'bad'

/** A short fact in a rounded frame. */
export function Pill({
  tone = 'plain',
  className,
  children,
}: {
  tone?: PillTone
  className?: string
  children: ReactNode
}) {
  return <span className={classNames(styles.pill, styles[tone], className)}>{children}</span>
}
