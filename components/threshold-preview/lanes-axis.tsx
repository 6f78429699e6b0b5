import { zoneWords } from '#lib/view/format.ts'
import { timeTicks } from '#lib/view/time-grid.ts'
import type { Zone } from '#lib/view/zoned-time.ts'
import styles from './lanes-axis.module.css'

type Props = {
  from: number
  to: number
  zone: Zone
  /** How many labels it has, more or less. */
  about?: number
}

/** The one time axis under the lanes. */
export function LanesAxis({ from, to, zone, about = 5 }: Props) {
  const ticks = timeTicks({ from, to, zone, about })
  return (
    <div className={styles.axis} aria-hidden="true">
      <div className={styles.ticks}>
        {ticks.map(({ at, label }) => {
          const share = (at - from) / (to - from)
          return (
            <span key={at} style={{ left: `${share * 100}%` }} data-edge={edgeOf(share)} data-picture-text>
              {label}
            </span>
          )
        })}
      </div>
      <div className={styles.zone} data-picture-text>
        {zoneWords(from, zone)}
      </div>
    </div>
  )
}

/** Labels near an end hang inwards, so that they are not cut. */
function edgeOf(share: number): 'start' | 'end' | undefined {
  if (share < 0.06) return 'start'
  return share > 0.94 ? 'end' : undefined
}
