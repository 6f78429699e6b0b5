import styles from './share-bar.module.css'

type Props = {
  /** Shares 0..1; null where there is none. */
  actual: number | null
  configured: number | null
  earlier: number | null
  /** The three in words. */
  label: string
}

const percent = (share: number) => `${Math.min(1, share) * 100}%`

/** What a member had (filled), had an hour before (outlined), and is meant to have (the tick). */
export function ShareBar({ actual, configured, earlier, label }: Props) {
  return (
    <span className={styles.bar} role="img" aria-label={label}>
      {actual !== null && <i style={{ width: percent(actual) }} />}
      {earlier !== null && <em style={{ width: percent(earlier) }} />}
      {configured !== null && <b style={{ left: percent(configured) }} />}
    </span>
  )
}

/** What the bar's marks mean. */
export function ShareLegend() {
  return (
    <ul className={styles.legend} aria-label="Legend">
      <li>
        <span className={styles.sample} data-mark="now" aria-hidden />
        last hour
      </li>
      <li>
        <span className={styles.sample} data-mark="earlier" aria-hidden />1 h ago
      </li>
      <li>
        <span className={styles.sample} data-mark="configured" aria-hidden />
        configured
      </li>
    </ul>
  )
}
