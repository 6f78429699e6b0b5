'use client'

import { type ReactNode, useId, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { PanelState } from '#components/ui/panel-state.tsx'
import type { ChartTable } from '#lib/view/chart-table.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import styles from './chart-section.module.css'
import { DataTable } from './data-table.tsx'

type Props = {
  title: string
  /** What the drawing shows, in one sentence: its accessible name. */
  summary: string
  meta?: ReactNode
  condition: PanelCondition
  /** The drawing's height in px; it is kept in every state. */
  height: number
  /** The drawing as text; null where another text on the page already is. */
  table: ChartTable | null
  children: ReactNode
}

/** One chart of a stack with its title, its facts, and the same figures as a table. */
export function ChartSection({ title, summary, meta, condition, height, table, children }: Props) {
  const titleId = useId()
  const [isTable, setIsTable] = useState(false)
  return (
    <section className={styles.section} aria-labelledby={titleId}>
      <header className={styles.header}>
        <h3 id={titleId}>{title}</h3>
        <div className={styles.meta}>{meta}</div>
        {table !== null && (
          <Button
            className={styles.toggle ?? ''}
            variant="quiet"
            size="small"
            aria-pressed={isTable}
            onClick={() => setIsTable(!isTable)}
          >
            Table<span className="visually-hidden"> of {title}</span>
          </Button>
        )}
      </header>
      <PanelState condition={condition} minHeight={height}>
        {isTable && table !== null ? (
          <DataTable table={table} caption={`${title}. ${summary}`} />
        ) : (
          <figure className={styles.figure} aria-label={summary}>
            {children}
          </figure>
        )}
      </PanelState>
    </section>
  )
}
