'use client'

import { type ReactNode, useId, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { PanelState } from '#components/ui/panel-state.tsx'
import type { ChartTable } from '#lib/view/chart-table.ts'
import { isBlocking, type PanelCondition } from '#lib/view/panel-condition.ts'
import styles from './chart-section.module.css'
import { DataTable } from './data-table.tsx'
import { type ChartFile, SaveChart } from './save-chart.tsx'

type Props = {
  title: string
  /** The title's level: 3 in a stack of charts, 2 for one that stands alone. */
  level?: 2 | 3
  /** What the drawing shows, in one sentence: its accessible name. */
  summary: string
  meta?: ReactNode
  condition: PanelCondition
  /** The drawing's height in px; it is kept in every state. */
  height: number
  /** The drawing as text; null where another text on the page already is. */
  table: ChartTable | null
  /** What it is saved as; left out where there is nothing to save. */
  file?: ChartFile
  children: ReactNode
}

/** One chart of a stack with its title, its facts, the same figures as a table, and a way to save them. */
export function ChartSection(props: Props) {
  const { title, level = 3, summary, meta, condition, height, table, file, children } = props
  const titleId = useId()
  const drawing = useRef<HTMLElement>(null)
  const [isTable, setIsTable] = useState(false)
  const Title = level === 2 ? 'h2' : 'h3'
  return (
    <section className={styles.section} aria-labelledby={titleId}>
      <header className={styles.header}>
        <Title id={titleId}>{title}</Title>
        <div className={styles.meta}>{meta}</div>
        <div className={styles.tools}>
          {table !== null && (
            <Button variant="quiet" size="small" aria-pressed={isTable} onClick={() => setIsTable(!isTable)}>
              Table<span className="visually-hidden"> of {title}</span>
            </Button>
          )}
          {file !== undefined && !isTable && !isBlocking(condition) && (
            <SaveChart file={file} title={title} summary={summary} drawing={drawing} />
          )}
        </div>
      </header>
      <PanelState condition={condition} minHeight={height}>
        {isTable && table !== null ? (
          <DataTable table={table} caption={`${title}. ${summary}`} />
        ) : (
          <figure ref={drawing} className={styles.figure} aria-label={summary}>
            {children}
          </figure>
        )}
      </PanelState>
    </section>
  )
}
