'use client'

import { LineTable } from '#components/ui/line-table.tsx'
import type { IncidentRow as Row } from '#lib/contract/incident-row.ts'
import { IncidentRow } from './incident-row.tsx'
import styles from './incident-table.module.css'

const COLUMNS = ['Severity', 'Incident', 'State', 'Duration', 'Alerts', 'Acknowledged by'] as const

/** Incidents, a row each. */
export function IncidentTable({ label, incidents }: { label: string; incidents: readonly Row[] }) {
  if (incidents.length === 0) return null
  return (
    <LineTable
      label={label}
      columns={COLUMNS}
      headClassName={styles.head}
      lines={incidents.map((incident) => (
        <IncidentRow key={incident.id} incident={incident} />
      ))}
    />
  )
}
