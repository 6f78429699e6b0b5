'use client'

import type { IncidentRow as Row } from '#lib/contract/incident.ts'
import { IncidentRow } from './incident-row.tsx'
import styles from './incident-table.module.css'

const COLUMNS = ['Severity', 'Incident', 'State', 'Duration', 'Alerts', 'Seen by'] as const

/** Incidents, a row each. */
export function IncidentTable({ label, incidents }: { label: string; incidents: readonly Row[] }) {
  if (incidents.length === 0) return null
  return (
    <div role="table" aria-label={label} aria-rowcount={incidents.length + 1}>
      <div role="rowgroup">
        <div role="row" className={styles.head}>
          {COLUMNS.map((column) => (
            <div key={column} role="columnheader">
              {column}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup">
        {incidents.map((incident) => (
          <IncidentRow key={incident.id} incident={incident} />
        ))}
      </div>
    </div>
  )
}
