import type { ChartTable } from '#lib/view/chart-table.ts'
import styles from './chart-tooltip.module.css'

/** One bucket's figures, as its row of the table has them. */
export function ChartTooltip({ table, index }: { table: ChartTable; index: number }) {
  const row = table.rows[index]
  if (!row) return null
  const [label, ...values] = row
  return (
    <div className={styles.tooltip}>
      <p>{label}</p>
      <dl>
        {values.map((value, i) => (
          <div key={table.columns[i + 1]}>
            <dt>{table.columns[i + 1]}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
