'use client'

import { circuitsHeadline } from '#lib/view/circuit-row-view.ts'
import { isDimmed } from '#lib/view/panel-condition.ts'
import styles from './circuits-headline.module.css'
import { useCircuits } from './use-circuits.ts'

/** How many circuits are open or held. */
export function CircuitsHeadline() {
  const { circuits, condition } = useCircuits()
  const words = circuits.length === 0 && condition.kind !== 'ready' ? 'Circuits' : circuitsHeadline(circuits)
  // What is over a minute old is said of then, not of now.
  const isUnknown = circuits.length > 0 && condition.kind === 'unknown'
  return (
    <div>
      <h1 className={isDimmed(condition) ? styles.old : undefined}>
        {isUnknown && 'Unknown now; last known: '}
        {words}
      </h1>
      <p className={styles.note}>
        A circuit’s automatic state is always computed; an override lies over it until its end and does not
        change it.
      </p>
    </div>
  )
}
