'use client'

import { FleetLanes } from '#components/overview/fleet-lanes.tsx'
import { CircuitsHeadline } from './circuits-headline.tsx'
import { CircuitsPanel } from './circuits-panel.tsx'
import styles from './circuits-page.module.css'

const MOST_LANES = 40

/** Every circuit: which are open or held, how far each is from changing, and what can be done about it. */
export function CircuitsPage() {
  return (
    <div className={styles.page}>
      <CircuitsHeadline />
      <CircuitsPanel />
      <FleetLanes mostLanes={MOST_LANES} />
    </div>
  )
}
