import type { ComponentProps, ReactNode } from 'react'
import { Panel } from '#components/ui/panel.tsx'
import styles from './list-panel.module.css'

type Props = ComponentProps<typeof Panel> & {
  /** What each cell of a row is; what can be done about a row follows them. */
  columns: readonly string[]
  /** Below the last row. */
  foot?: ReactNode
  /** What stands in place of the table; null where it is wanted. */
  instead?: ReactNode
}

/** A list of what is configured, a table row each as `children`; a phone shows a row as a block. */
export function ListPanel({ columns, foot, instead = null, children, ...panel }: Props) {
  return (
    <Panel {...panel}>
      {instead ?? (
        <table className={styles.table}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      )}
      {foot}
    </Panel>
  )
}
