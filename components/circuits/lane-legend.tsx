import styles from './lane-legend.module.css'

const KEYS = ['closed', 'open', 'half-open', 'override', 'would have opened'] as const

/** What the lanes' shapes and colours mean. */
export function LaneLegend() {
  return (
    <ul className={styles.legend} aria-label="Legend">
      {KEYS.map((key) => (
        <li key={key}>
          <i className={styles.sample} data-key={key} aria-hidden />
          {key}
        </li>
      ))}
    </ul>
  )
}
