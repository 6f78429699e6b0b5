import type { DataPageView, DataRow } from '#lib/view/data-view.ts'
import { NOTHING } from '#lib/view/format.ts'
import styles from './parts-table.module.css'

/** Each part of the database with how much of it there is, since when, and how long it stays. */
export function PartsTable({ view: { rows, rest } }: { view: DataPageView }) {
  return (
    <>
      <table className={styles.table}>
        <caption className="visually-hidden">
          Rows, span of time and size of each part of the database
        </caption>
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col" className={styles.number}>
              Rows
            </th>
            <th scope="col">From, to</th>
            <th scope="col">Kept</th>
            <th scope="col" className={styles.number}>
              Size
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <PartRow key={row.part} row={row} />
          ))}
        </tbody>
      </table>
      {rest !== null && <p className={styles.rest}>{rest}</p>}
    </>
  )
}

function PartRow({ row: { name, purpose, rows, span, kept, bytes, share } }: { row: DataRow }) {
  return (
    <tr>
      <th scope="row" className={styles.part}>
        <span className={styles.name}>{name}</span>
        <span className={styles.purpose}>{purpose}</span>
      </th>
      <td data-label="Rows" className={styles.number}>
        {rows}
      </td>
      <td data-label="From, to">
        {span === null ? (
          NOTHING
        ) : (
          <>
            {span.length}
            <span className={styles.purpose}>{span.words}</span>
          </>
        )}
      </td>
      <td data-label="Kept">{kept}</td>
      <td data-label="Size" className={styles.number}>
        {bytes}
        <span className={styles.bar} aria-hidden="true">
          {share > 0 && <span style={{ width: `${share * 100}%` }} />}
        </span>
      </td>
    </tr>
  )
}
