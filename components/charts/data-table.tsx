import type { ChartTable } from '#lib/view/chart-table.ts'
import styles from './data-table.module.css'

type Props = { table: ChartTable; caption: string; order?: 'newest first' | 'as given' }

/** A chart's figures, the newest on top, or any others as they are given. */
export function DataTable({ table, caption, order = 'newest first' }: Props) {
  const [first, ...others] = table.columns
  const rows = order === 'as given' ? table.rows : table.rows.toReversed()
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={caption}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {others.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, ...values], row) => (
            <tr key={row}>
              <th scope="row">{label}</th>
              {values.map((value, i) => (
                <td key={i}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
