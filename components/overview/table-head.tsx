'use client'

import type { ProviderSort } from '#lib/view/provider-order.ts'
import styles from './provider-row.module.css'

type Column = { label: string; by: ProviderSort['by'] | null }

const COLUMNS: readonly Column[] = [
  { label: 'Provider', by: 'name' },
  { label: 'Success, last hour', by: 'success' },
  { label: 'p50 / p95', by: 'latency' },
  { label: 'Latency', by: null },
  { label: 'Last 60 checks', by: null },
  { label: 'Circuit', by: 'circuit' },
  { label: 'Traffic', by: 'traffic' },
]

/** One more press turns the order round, a third goes back to worst first. */
function nextSort(sort: ProviderSort, by: ProviderSort['by']): ProviderSort {
  if (sort.by !== by) return { by, isReversed: false }
  return sort.isReversed ? { by: 'worst', isReversed: false } : { by, isReversed: true }
}

/** The names of the columns, by most of which the rows can be ordered. */
export function TableHead({ sort, onSort }: { sort: ProviderSort; onSort: (sort: ProviderSort) => void }) {
  return (
    <div role="rowgroup">
      <div role="row" aria-rowindex={1} className={styles.head}>
        {COLUMNS.map(({ label, by }) => (
          <div
            key={label}
            role="columnheader"
            aria-sort={by !== sort.by ? 'none' : sort.isReversed ? 'descending' : 'ascending'}
          >
            {by === null ? (
              label
            ) : (
              <button type="button" onClick={() => onSort(nextSort(sort, by))}>
                {label}
                {by === sort.by && (
                  <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden>
                    <path d={sort.isReversed ? 'M4 7 1 2h6z' : 'M4 1l3 5H1z'} />
                  </svg>
                )}
              </button>
            )}
          </div>
        ))}
      </div>
    </div>
  )
}
