import { StatusIcon } from '#components/ui/status-icon.tsx'
import type { CandidateRow } from '#lib/view/decision-view.ts'
import { NOTHING } from '#lib/view/format.ts'
import styles from './candidate-table.module.css'

/** Every candidate of a decision with its verdict and why, the winner first. */
export function CandidateTable({ rows, caption }: { rows: readonly CandidateRow[]; caption: string }) {
  // Most strategies compare by one of the two alone: a column of dashes says nothing.
  const hasScore = rows.some(({ score }) => score !== NOTHING)
  const hasWeight = rows.some(({ weight }) => weight !== NOTHING)
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Candidate</th>
          {hasScore && <th scope="col">Score</th>}
          {hasWeight && <th scope="col">Weight</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.providerId} data-chosen={row.isChosen || undefined}>
            <th scope="row">
              <span className={styles.name}>
                <StatusIcon state={row.icon} size={14} />
                <span>
                  {row.name}
                  {row.model !== null && <span className={styles.model}> {row.model}</span>}{' '}
                  <span className={styles.verdict}>{row.verdict}</span>
                </span>
              </span>
              {row.reason !== '' && row.reason !== row.verdict && (
                <span className={styles.reason}>{row.reason}</span>
              )}
            </th>
            {hasScore && <td>{row.score}</td>}
            {hasWeight && <td>{row.weight}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
