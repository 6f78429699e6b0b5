'use client'

import { Button } from '#components/ui/button.tsx'
import { classNames } from '#components/ui/class-names.ts'
import lines from '#components/ui/lines.module.css'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import { Time } from '#components/ui/time.tsx'
import type { SilenceView } from '#lib/contract/silence.ts'
import { formatCount } from '#lib/view/format.ts'
import { matchersWords, recurrenceWords, SILENCE_STATES } from '#lib/view/silence-words.ts'
import styles from './silences-panel.module.css'

type Props = { silence: SilenceView; onEnd: () => void }

/** One silence: what it is about, who wants it and why, when it ends or changes next, and what it matches now. */
export function SilenceRow({ silence, onEnd }: Props) {
  const { matchers, reason, createdBy, recurrence, state, matchesNow } = silence
  const { icon, words } = SILENCE_STATES[state]
  const about = matchersWords(matchers)
  const isOver = state === 'over'
  return (
    <div role="row" className={classNames(lines.line, styles.row)} data-over={isOver || undefined}>
      <div role="cell" className={styles.state}>
        <StatusIcon state={icon} />
        <span>{words}</span>
      </div>
      <div role="cell" className={styles.what}>
        <span className={styles.matchers}>{about}</span>
        {recurrence !== null && <span className={styles.dim}>{recurrenceWords(recurrence)}</span>}
        <span className={styles.dim}>
          {createdBy}: {reason}
        </span>
      </div>
      <div role="cell" className={styles.until}>
        <Until silence={silence} />
      </div>
      <div role="cell" className={styles.matches}>
        <span className={styles.unit}>matches now: </span>
        {isOver ? '–' : formatCount(matchesNow)}
      </div>
      <div role="cell" className={styles.actions}>
        {!isOver && (
          <Button
            variant="quiet"
            size="small"
            needs="silences.write"
            aria-label={`End the silence where ${about}`}
            onClick={onEnd}
          >
            End…
          </Button>
        )}
      </div>
    </div>
  )
}

function Until({ silence: { until, nextChangeAt, state } }: { silence: SilenceView }) {
  const isNextTheEnd = nextChangeAt === until
  return (
    <>
      <span>
        {until === null ? (
          'without end'
        ) : (
          <>
            <span className={styles.unit}>until </span>
            <Time at={until} show="full" />
          </>
        )}
      </span>
      {nextChangeAt !== null && !isNextTheEnd && (
        <span className={styles.dim}>
          {state === 'active' ? 'pauses ' : 'begins '}
          <Time at={nextChangeAt} show="full" />
        </span>
      )}
    </>
  )
}
