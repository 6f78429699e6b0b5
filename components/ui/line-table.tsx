import type { ReactNode } from 'react'

type LineTableProps = {
  label: string
  columns: readonly string[]
  /** The line of the columns' names; it is laid out as the lines are. */
  headClassName: string | undefined
  lines: readonly ReactNode[]
}

/** A table whose lines lay themselves out, so that a phone can fold them. */
export function LineTable({ label, columns, headClassName, lines }: LineTableProps) {
  return (
    <div role="table" aria-label={label} aria-rowcount={lines.length + 1}>
      <div role="rowgroup">
        <div role="row" className={headClassName}>
          {columns.map((column) => (
            <div key={column} role="columnheader">
              {column}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup">{lines}</div>
    </div>
  )
}
