import type { ReactNode } from 'react'
import styles from './page-heading.module.css'

type Props = { title: ReactNode; children?: ReactNode; actions?: ReactNode }

/** A settings page's title, what it says below it, and its actions at the right. */
export function PageHeading({ title, children, actions }: Props) {
  return (
    <header className={styles.heading}>
      <div className={styles.words}>
        <h1>{title}</h1>
        {children !== undefined && <div className={styles.sub}>{children}</div>}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </header>
  )
}
