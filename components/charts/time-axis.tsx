import { zoneWords } from '#lib/view/format.ts'
import type { TimeGrid } from '#lib/view/time-grid.ts'
import styles from './time-axis.module.css'

/** The one time axis under a stack of plots. */
export function TimeAxis({ grid }: { grid: TimeGrid }) {
  const share = (at: number) => (at - grid.from) / (grid.to - grid.from)
  return (
    <div className={styles.axis}>
      <div className={styles.ticks} aria-hidden="true">
        {grid.ticks.map(({ at, label }) => (
          <span key={at} style={{ left: `${share(at) * 100}%` }} data-edge={edgeOf(share(at))}>
            {label}
          </span>
        ))}
      </div>
      <p className={styles.words}>
        {grid.bucketWords} · {zoneWords(grid.from, grid.zone)}
      </p>
    </div>
  )
}

/** Labels near an end hang inwards, so that they are not cut. */
function edgeOf(share: number): 'start' | 'end' | undefined {
  if (share < 0.04) return 'start'
  return share > 0.96 ? 'end' : undefined
}
