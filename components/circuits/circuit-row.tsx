'use client'

import Link from 'next/link'
import { Duration } from '#components/ui/duration.tsx'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import { circuitRowView, type NamedCircuit } from '#lib/view/circuit-row-view.ts'
import { CircuitActions } from './circuit-actions.tsx'
import styles from './circuit-row.module.css'

/** One circuit: its automatic state, what is in force, how far it is from changing, and what can be done. */
export function CircuitRow({
  circuit,
  successThreshold,
}: {
  circuit: NamedCircuit
  successThreshold: number | null
}) {
  const view = circuitRowView(circuit, successThreshold)
  const { override } = circuit
  return (
    <div role="row" className={styles.row}>
      <div role="cell" className={styles.name}>
        <Link href={`/providers/${encodeURIComponent(circuit.providerId)}`} data-row-link prefetch={false}>
          {circuit.name}
        </Link>
        <span className={styles.dim}>{circuit.model ?? 'provider'}</span>
      </div>
      <div role="cell" className={styles.state}>
        <StatusIcon state={view.automatic.icon} />
        <div>
          <span className={circuit.state === 'closed' ? undefined : styles.strong}>
            {view.automatic.words}
          </span>
          {view.progress !== null && (
            <span className={styles.note}>
              {view.progress.before}
              {view.progress.until !== null && <Duration at={view.progress.until} show="left" />}
              {view.progress.after}
            </span>
          )}
        </div>
      </div>
      <div role="cell" className={styles.force}>
        {view.effective === null ? (
          <span className={styles.dim}>
            <span aria-hidden>–</span>
            <span className="visually-hidden">as automatic</span>
          </span>
        ) : (
          <div className={styles.state}>
            <StatusIcon state={view.effective.icon} />
            <div>
              <span className={styles.strong}>{view.effective.words}</span>
              {override !== null && (
                <span className={styles.note} title={override.reason}>
                  by {override.actor}, <Duration at={override.until} show="left" /> left: {override.reason}
                </span>
              )}
            </div>
          </div>
        )}
      </div>
      <div role="cell" className={styles.window} title={view.limits}>
        {view.window === null ? (
          <span className={styles.dim}>no calls</span>
        ) : (
          <>
            {view.window.text}
            <span className={styles.unit}> failed</span>{' '}
            <span className={styles.dim}>({view.window.tripsAt})</span>
          </>
        )}
      </div>
      <div role="cell" className={styles.since}>
        <Duration at={circuit.since} show="since" />
      </div>
      <div role="cell" className={styles.trips}>
        {view.trips}
      </div>
      <div role="cell" className={styles.actions}>
        <CircuitActions circuit={circuit} />
      </div>
    </div>
  )
}
