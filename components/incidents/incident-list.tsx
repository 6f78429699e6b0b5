'use client'

import { IncidentFilters } from './incident-filters.tsx'
import styles from './incident-list.module.css'
import { OpenPanel } from './open-panel.tsx'
import { ResolvedPanel } from './resolved-panel.tsx'
import { SetUpNotice } from './set-up-notice.tsx'
import { useIncidentFilter } from './use-incident-filter.ts'

/** What is open, then what is over. */
export function IncidentList() {
  const { state } = useIncidentFilter().filter
  return (
    <div className={styles.list}>
      <SetUpNotice />
      <IncidentFilters />
      {state !== 'resolved' && <OpenPanel />}
      {(state === null || state === 'resolved') && <ResolvedPanel />}
    </div>
  )
}
