import Link from 'next/link'
import type { ReactNode } from 'react'
import styles from './list-panel.module.css'

type Props = {
  name: ReactNode
  /** The page of what the row is about; without one the name leads nowhere. */
  href?: string
  /** What the name is short for. */
  title?: string | undefined
  /** Whether the line below may take more than one line. */
  wraps?: boolean
  /** The line below the name. */
  children: ReactNode
}

/** What a row of a list is about. */
export function RowHead({ name, href, title, wraps = false, children }: Props) {
  return (
    <th scope="row" className={styles.head}>
      {href === undefined ? (
        <span className={styles.name} title={title}>
          {name}
        </span>
      ) : (
        <Link href={href} className={styles.name} data-row-link="">
          {name}
        </Link>
      )}
      <span className={wraps ? styles.sentence : styles.where}>{children}</span>
    </th>
  )
}
