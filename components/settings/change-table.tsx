import type { SettingChange } from '#lib/view/settings-changes.ts'
import styles from './change-table.module.css'

/** What differs, before and after, a line each. */
export function ChangeTable({ changes, caption }: { changes: readonly SettingChange[]; caption: string }) {
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Threshold</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ path, label, providerId, before, after }) => (
          <tr key={`${providerId ?? ''} ${path}`}>
            <th scope="row">
              {label}
              {providerId !== null && <span className={styles.provider}> {providerId}</span>}
            </th>
            <td className={styles.before}>{before}</td>
            <td className={styles.after}>{after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
