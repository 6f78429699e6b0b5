import type { ReplayFigures } from '#lib/contract/preview.ts'
import { figureRows, type FigureRow } from '#lib/view/preview-figures.ts'
import styles from './figures-table.module.css'

type Props = { draft: ReplayFigures; inForce: ReplayFigures; version: number }

/** What the draft would have done next to the version in force, figure by figure. */
export function FiguresTable({ draft, inForce, version }: Props) {
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">What the draft would have done, next to version {version}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">in force</th>
          <th scope="col" className={styles.draft}>
            draft
          </th>
          <th scope="col">change</th>
        </tr>
      </thead>
      <tbody>
        {figureRows(draft, inForce).map((row) => (
          <tr key={row.label}>
            <th scope="row">{row.label}</th>
            <td>{row.inForce}</td>
            <td className={styles.draft} data-changed={row.change !== null || undefined}>
              {row.draft}
            </td>
            <td className={styles.change}>
              <Change {...row} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The sign says more or less, the word says what that is worth. */
function Change({ change, isBetter }: Pick<FigureRow, 'change' | 'isBetter'>) {
  if (change === null) return null
  if (isBetter === null) return change
  return (
    <>
      {change} <span className={styles.verdict}>{isBetter ? 'better' : 'worse'}</span>
    </>
  )
}
