import type { ChartTable } from '#lib/view/chart-table.ts'
import styles from './plain-table.module.css'

/** Prepared figures as a table in the order they are in, which scrolls sideways where it must. */
export function PlainTable({ table, caption }: { table: ChartTable; caption: string }) {
  const [first, ...others] = table.columns
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
          {table.rows.map(([label, ...values], row) => (
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
