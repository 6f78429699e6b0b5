import Link from 'next/link'
import type { ReactNode } from 'react'
import { THIN } from '#lib/view/format.ts'
import { isBlocking, isDimmed, type PanelCondition } from '#lib/view/panel-condition.ts'
import { classNames } from './class-names.ts'
import { Duration } from './duration.tsx'
import styles from './panel-state.module.css'
import { StatusIcon, type IconState } from './status-icon.tsx'

/** What a condition says above or in place of the content: an icon and words. Null: nothing to say. */
function wordsOf(condition: PanelCondition): { icon: IconState; words: ReactNode } | null {
  switch (condition.kind) {
    case 'loading':
    case 'ready':
    case 'refreshing':
      return null
    case 'not_configured':
    case 'empty':
    case 'no_traffic':
      return { icon: 'unknown', words: condition.text }
    case 'insufficient':
      return { icon: 'unknown', words: `${condition.have} of ${condition.need} ${condition.unit}` }
    case 'forbidden':
      return { icon: 'override', words: `This needs the role ${condition.role}.` }
    case 'partial':
      return { icon: 'unknown', words: condition.text }
    case 'impaired':
      return { icon: 'degraded', words: 'The monitor itself is impaired: states may be wrong.' }
    case 'failed':
      return { icon: 'unhealthy', words: <Failure {...condition} /> }
    case 'stale':
    case 'unknown':
    case 'disconnected':
    case 'failed_refresh':
      return { icon: 'degraded', words: <Old {...condition} /> }
  }
}

const OLD_WORDS = {
  stale: 'Ageing',
  unknown: 'Unknown now',
  disconnected: 'Disconnected',
  failed_refresh: 'Last good data',
} as const

function Old(condition: Extract<PanelCondition, { asOf: number }>) {
  return (
    <>
      {OLD_WORDS[condition.kind]}: as of <Duration at={condition.asOf} show="ago" />.{' '}
      {condition.kind === 'failed_refresh' && <Failure {...condition} />}
    </>
  )
}

function Failure({ text, requestId }: { text: string; requestId: string | null }) {
  return (
    <>
      {text}
      {requestId !== null && <span className={styles.request}> Request {requestId}</span>}
    </>
  )
}

/** Every state a panel can be in, so that all panels say the same in the same way. `minHeight` is the content's, in px. */
export function PanelState({
  condition,
  minHeight = 120,
  children,
}: {
  condition: PanelCondition
  minHeight?: number
  children?: ReactNode
}) {
  const said = wordsOf(condition)
  if (isBlocking(condition)) {
    return (
      <div className={styles.blocking} style={{ minHeight }} aria-busy={condition.kind === 'loading'}>
        {said ? (
          <>
            <StatusIcon state={said.icon} size={18} />
            <p className={styles.words}>{said.words}</p>
            {condition.kind === 'not_configured' && condition.action && (
              <Link className={styles.action} href={condition.action.href}>
                {condition.action.label}
              </Link>
            )}
          </>
        ) : (
          <Skeleton lines={Math.max(1, Math.floor(minHeight / 44))} />
        )}
      </div>
    )
  }
  return (
    <>
      {said && (
        <p className={classNames(styles.notice, styles.words)}>
          <StatusIcon state={said.icon} size={14} />
          <span>{said.words}</span>
        </p>
      )}
      <div
        className={classNames(isDimmed(condition) && styles.dimmed)}
        aria-busy={condition.kind === 'refreshing'}
      >
        {children}
      </div>
    </>
  )
}

function Skeleton({ lines }: { lines: number }) {
  return (
    <>
      <span className="visually-hidden">Loading{THIN}…</span>
      <span className={styles.skeleton} aria-hidden>
        {Array.from({ length: lines }, (_, line) => (
          <i key={line} style={{ width: `${92 - ((line * 17) % 40)}%` }} />
        ))}
      </span>
    </>
  )
}
