import { formatCount } from '#lib/view/format.ts'
import styles from './show-all.module.css'

/** Rows of a long list that are drawn before all are asked for. */
export const FIRST_ROWS = 60

type Props = { shown: number; total: number; onShowAll: () => void }

/** Ends a list of which only the first rows are drawn; nothing once all are. */
export function ShowAll({ shown, total, onShowAll }: Props) {
  if (shown >= total) return null
  return (
    <button type="button" className={styles.more} onClick={onShowAll}>
      Show all {formatCount(total)}
    </button>
  )
}
