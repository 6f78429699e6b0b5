import type { ReactNode } from 'react'
import styles from './chart-card.module.css'

/** Charts in a frame of their own; the bar above them says what they show, and has the choices of it. */
export function ChartCard({ bar, children }: { bar?: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.card}>
      {bar !== undefined && <div className={styles.bar}>{bar}</div>}
      {children}
    </div>
  )
}
