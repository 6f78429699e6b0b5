'use client'

import { useClock } from '#lib/client/clock.ts'
import type { CircuitSnapshot } from '#lib/contract/circuit.ts'
import { leftWords, inWords } from '#lib/view/format.ts'
import { automaticStateLine } from '#lib/view/override-form.ts'
import styles from './automatic-state.module.css'

/** The circuit's automatic state, and beside it the override that is laid over it now. */
export function AutomaticState({ circuit }: { circuit: CircuitSnapshot }) {
  const line = useClock((now) => automaticStateLine(circuit, now))
  const { override } = circuit
  const left = useClock((now) => (override === null ? '' : leftWords(Date.parse(override.until), now)))
  return (
    <dl className={styles.states}>
      <div>
        <dt>Automatic state</dt>
        <dd>{line}</dd>
      </div>
      {override !== null && (
        <div>
          <dt>Override now</dt>
          <dd>
            <strong>{inWords(override.mode).toUpperCase()}</strong> by {override.actor}, {left} left:{' '}
            {override.reason}
          </dd>
        </div>
      )}
    </dl>
  )
}
