'use client'

import { CircuitTimeline } from './circuit-timeline.tsx'
import { CircuitsHeadline } from './circuits-headline.tsx'
import { CircuitsPanel } from './circuits-panel.tsx'
import styles from './circuits-page.module.css'

/** Every circuit: which are open or held, how far each is from changing, and what can be done about it. */
export function CircuitsPage() {
  return (
    <div className={styles.page}>
      <CircuitsHeadline />
      <CircuitsPanel />
      <CircuitTimeline />
    </div>
  )
}
