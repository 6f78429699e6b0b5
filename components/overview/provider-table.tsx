'use client'

import type { ProviderRow as Row } from '#lib/contract/monitor.ts'
import { isOverdue } from '#lib/view/freshness.ts'
import type { ProviderSort } from '#lib/view/provider-order.ts'
import styles from './provider-table.module.css'
import { ProviderRow } from './provider-row.tsx'
import { TableHead } from './table-head.tsx'
import { useRowHold } from './use-row-hold.ts'
import { VirtualRows } from './virtual-rows.tsx'

/** Lists longer than this draw only the rows on the screen. */
const VIRTUAL_FROM = 60

type Props = {
  /** In order. */
  rows: readonly Row[]
  sort: ProviderSort
  onSort: (sort: ProviderSort) => void
  /** The success rate below which a provider fails over, 0..1; null while it is not known. */
  thresholdOf: (providerId: string) => number | null
  /** When the rows were read, epoch ms. */
  asOf: number
}

/** The providers, a row each; while somebody points at them they stay where they are. */
export function ProviderTable({ rows: ordered, sort, onSort, thresholdOf, asOf }: Props) {
  const { rows, problems, handlers, release } = useRowHold(ordered)
  const isLong = rows.length > VIRTUAL_FROM
  return (
    <div
      role="table"
      aria-label="Providers"
      aria-rowcount={rows.length + 1}
      className={styles.table}
      data-long={isLong}
    >
      <TableHead sort={sort} onSort={onSort} />
      <div className={styles.body} {...handlers}>
        {problems > 0 && (
          <button type="button" className={styles.news} onClick={release}>
            {problems === 1 ? '1 new problem' : `${problems} new problems`}: sort again
          </button>
        )}
        {isLong ? (
          <VirtualRows rows={rows} thresholdOf={thresholdOf} asOf={asOf} />
        ) : (
          <div role="rowgroup">
            {rows.map((row, i) => (
              <ProviderRow
                key={row.id}
                row={row}
                index={i + 2}
                threshold={thresholdOf(row.id)}
                isLate={isOverdue(row, asOf)}
              />
            ))}
          </div>
        )}
      </div>
    </div>
  )
}
