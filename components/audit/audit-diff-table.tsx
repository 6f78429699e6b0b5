import { Fragment } from 'react'
import detail from '#components/ui/detail.module.css'
import type { AuditDiff } from '#lib/view/audit-diff.ts'
import { formatCount, NOTHING } from '#lib/view/format.ts'
import styles from './audit-detail.module.css'

const TITLES = {
  changed: 'What changed',
  made: 'As it is since',
  gone: 'As it was before',
  none: '',
} as const

/** What differs before and after, a field a line; of what was made or taken away, what it was. */
export function AuditDiffTable({ diff: { kind, lines, more } }: { diff: AuditDiff }) {
  const isBoth = kind === 'changed'
  return (
    <section>
      <h3>{TITLES[kind]}</h3>
      {lines.length === 0 ? (
        <p className={detail.note}>Nothing: both are the same.</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Field</th>
              {kind !== 'made' && <th scope="col">Before</th>}
              {kind !== 'gone' && <th scope="col">After</th>}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ path, before, after }) => (
              <tr key={path}>
                <th scope="row">
                  {path.split('.').map((part, index) => (
                    <Fragment key={index}>
                      {index > 0 && (
                        <>
                          .<wbr />
                        </>
                      )}
                      {part}
                    </Fragment>
                  ))}
                </th>
                {kind !== 'made' && (
                  <td className={isBoth ? styles.before : undefined}>{before ?? NOTHING}</td>
                )}
                {kind !== 'gone' && <td className={isBoth ? styles.after : undefined}>{after ?? NOTHING}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {more > 0 && (
        <p className={detail.note}>And {formatCount(more)} more fields: the export has them all.</p>
      )}
    </section>
  )
}
