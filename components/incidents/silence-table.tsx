'use client'

import { LineTable } from '#components/ui/line-table.tsx'
import type { SilenceView } from '#lib/contract/silence.ts'
import { SilenceRow } from './silence-row.tsx'
import styles from './silences-panel.module.css'

const COLUMNS = ['State', 'Alerts where', 'Until', 'Matches now', 'Actions'] as const

type Props = { silences: readonly SilenceView[]; onEnd: (silence: SilenceView) => void }

/** Silences, a row each. */
export function SilenceTable({ silences, onEnd }: Props) {
  if (silences.length === 0) return null
  return (
    <LineTable
      label="Silences"
      columns={COLUMNS}
      headClassName={styles.head}
      lines={silences.map((silence) => (
        <SilenceRow key={silence.id} silence={silence} onEnd={() => onEnd(silence)} />
      ))}
    />
  )
}
