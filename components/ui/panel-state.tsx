import type { ReactNode } from 'react'
import { THIN } from '#lib/view/format.ts'
import { isBlocking, isDimmed, type PanelCondition } from '#lib/view/panel-condition.ts'
import { classNames } from './class-names.ts'
import { Duration } from './duration.tsx'
import { FailureWords } from './failure-words.tsx'
import { GuardedLink } from './guarded-link.tsx'
import { RetryFailed } from './retry-failed.tsx'
import styles from './panel-state.module.css'
import { StatusIcon, type IconState } from './status-icon.tsx'

type Words = { icon: IconState; words: ReactNode }
type Saying = {
  [Kind in PanelCondition['kind']]: ((condition: Extract<PanelCondition, { kind: Kind }>) => Words) | null
}

const plain = ({ text }: { text: string }): Words => ({ icon: 'unknown', words: text })

/** What each condition says above or in place of the content; null: nothing. */
const SAYING: Saying = {
  loading: null,
  ready: null,
  refreshing: null,
  not_configured: plain,
  empty: plain,
  no_traffic: plain,
  partial: plain,
  insufficient: ({ have, need, unit }) => ({ icon: 'unknown', words: `${have} of ${need} ${unit}` }),
  forbidden: ({ role }) => ({ icon: 'override', words: `This needs the role ${role}.` }),
  impaired: () => ({ icon: 'degraded', words: 'The monitor itself is impaired: states may be wrong.' }),
  failed: (failure) => ({ icon: 'unhealthy', words: <FailureWords {...failure} /> }),
  stale: ({ asOf }) => old('Ageing', asOf),
  unknown: ({ asOf }) => old('Unknown now', asOf),
  disconnected: ({ asOf }) => old('Disconnected', asOf),
  failed_refresh: (failure) => ({ icon: 'degraded', words: <FailureWords {...failure} /> }),
}

const old = (word: string, asOf: number): Words => ({
  icon: 'degraded',
  words: (
    <>
      {word}: as of <Duration at={asOf} show="ago" />.
    </>
  ),
})

function wordsOf(condition: PanelCondition): Words | null {
  // The table has an entry of the right kind for each condition, which its type cannot say of a lookup.
  const say = SAYING[condition.kind] as ((condition: PanelCondition) => Words) | null
  return say === null ? null : say(condition)
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
            {condition.kind === 'failed' && <RetryFailed />}
            {condition.kind === 'not_configured' && condition.action && (
              <GuardedLink
                className={styles.action}
                href={condition.action.href}
                needs={condition.action.needs}
              >
                {condition.action.label}
              </GuardedLink>
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
        <div className={styles.notice}>
          <StatusIcon state={said.icon} size={14} />
          <p className={styles.said}>{said.words}</p>
          {condition.kind === 'failed_refresh' && <RetryFailed />}
        </div>
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
