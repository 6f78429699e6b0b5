import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import styles from './lines.module.css'

type LineTableProps = {
  label: string
  /** One named `Actions` is named for those alone who cannot see. */
  columns: readonly string[]
  /** How the line of the columns' names is laid out: as the lines are. */
  headClassName: string | undefined
  lines: readonly ReactNode[]
  /** How many lines there are, where fewer are shown. */
  count?: number
}

/** A table whose lines lay themselves out, so that a phone can fold them. */
export function LineTable({ label, columns, headClassName, lines, count = lines.length }: LineTableProps) {
  return (
    <div role="table" aria-label={label} aria-rowcount={count + 1}>
      <div role="rowgroup">
        <div role="row" className={classNames(styles.head, headClassName)}>
          {columns.map((column) => (
            <div key={column} role="columnheader">
              {column === 'Actions' ? <span className="visually-hidden">{column}</span> : column}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup">{lines}</div>
    </div>
  )
}
