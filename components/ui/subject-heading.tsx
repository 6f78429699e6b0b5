import Link from 'next/link'
import type { ReactNode } from 'react'
import { StatusIcon, type IconState } from './status-icon.tsx'
import styles from './subject-heading.module.css'

type Props = {
  /** The page that leads here, and what this one is called on the way back. */
  path: { href: string; from: string; here: string }
  icon: IconState
  title: ReactNode
  /** Whether the title may not be true any more. */
  isOld?: boolean
  /** A span each; they are told apart by dots. */
  facts: ReactNode
  actions: ReactNode
  className?: string | undefined
  /** What else there is to say, below the facts. */
  children?: ReactNode
}

/** What a page is about: where it stands, how it is, what it is, and what can be done about it. */
export function SubjectHeading(props: Props) {
  const { path, icon, title, isOld = false, facts, actions, className, children } = props
  return (
    <header className={className}>
      <nav aria-label="Breadcrumb" className={styles.path}>
        <Link href={path.href}>{path.from}</Link> <span aria-hidden="true">/</span>{' '}
        <span aria-current="page">{path.here}</span>
      </nav>
      <div className={styles.top}>
        <div className={styles.words}>
          <h1 className={isOld ? styles.old : undefined}>
            <StatusIcon state={icon} size={18} />
            <span>{title}</span>
          </h1>
          <p className={styles.facts}>{facts}</p>
          {children}
        </div>
        {actions}
      </div>
    </header>
  )
}
