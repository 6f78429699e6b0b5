import type { ReactNode } from 'react'
import styles from './notice.module.css'

/** How loud it is; each has an icon of its own, so that colour is never alone. */
export type NoticeTone = 'info' | 'warn' | 'bad' | 'ok'

const ICONS: Record<NoticeTone, ReactNode> = {
  info: (
    <path
      d="M7 1.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 7 1.2zM7 6v4M7 3.6v1.2"
      fill="none"
      stroke="var(--fg-2)"
    />
  ),
  warn: <path d="M7 1.5 13 12.5H1zM7 5.4v3.4M7 10v1.2" fill="none" stroke="var(--degraded)" />,
  bad: (
    <>
      <path d="M4.3 1h5.4L13 4.3v5.4L9.7 13H4.3L1 9.7V4.3z" fill="var(--unhealthy)" />
      <path d="M7 3.8v3.8M7 9.2v1.2" stroke="var(--on-unhealthy)" />
    </>
  ),
  ok: (
    <path
      d="M7 1.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 7 1.2zM4.4 7.2l1.8 1.8 3.4-3.8"
      fill="none"
      stroke="var(--healthy)"
    />
  ),
}

type Props = {
  tone: NoticeTone
  title?: ReactNode
  children?: ReactNode
  actions?: ReactNode
  /** `alert` is read out at once: only for an answer to what the reader has just done. */
  role?: 'alert' | 'status' | 'note'
}

/** A boxed remark that stays where it is needed. */
export function Notice({ tone, title, children, actions, role = 'note' }: Props) {
  return (
    <div className={styles.notice} data-tone={tone} role={role}>
      <svg
        className={styles.icon}
        width="14"
        height="14"
        viewBox="0 0 14 14"
        strokeWidth="1.4"
        aria-hidden="true"
      >
        {ICONS[tone]}
      </svg>
      <div className={styles.words}>
        {title !== undefined && <div className={styles.title}>{title}</div>}
        {children}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}
