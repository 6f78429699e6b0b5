'use client'

import type { SilenceView } from '#lib/contract/silence.ts'
import { SilenceRow } from './silence-row.tsx'
import styles from './silences-panel.module.css'

const COLUMNS = ['State', 'Alerts where', 'Until', 'Matches now', 'Actions'] as const

type Props = { silences: readonly SilenceView[]; onEnd: (silence: SilenceView) => void }

/** Silences, a row each. */
export function SilenceTable({ silences, onEnd }: Props) {
  if (silences.length === 0) return null
  return (
    <div role="table" aria-label="Silences" aria-rowcount={silences.length + 1}>
      <div role="rowgroup">
        <div role="row" className={styles.head}>
          {COLUMNS.map((column) => (
            <div key={column} role="columnheader">
              {column === 'Actions' ? <span className="visually-hidden">{column}</span> : column}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup">
        {silences.map((silence) => (
          <SilenceRow key={silence.id} silence={silence} onEnd={() => onEnd(silence)} />
        ))}
      </div>
    </div>
  )
}
