import type { CheckMark } from '#lib/view/check-strip-view.ts'
import type { CheckTicksView } from '#lib/view/check-ticks-view.ts'
import styles from './check-ticks.module.css'

/** How much of the lane a mark takes: worse stands taller, so that it also reads without colour. */
const TALLNESS: Record<CheckMark, number> = {
  passed: 0.4,
  limited: 0.7,
  failed: 1,
  neutral: 0.4,
  skipped: 0.4,
  none: 0.1,
}

/** Our own checks on the page's time axis. */
export function CheckTicks({ view, height }: { view: CheckTicksView; height: number }) {
  return (
    <svg className={styles.strip} width="100%" height={height} role="img" aria-label={view.summary}>
      {view.ticks.map(({ x, width, mark, title }) => {
        const tall = TALLNESS[mark] * height
        return (
          <rect
            key={x}
            className={styles.cell}
            data-mark={mark}
            x={`${(x + width * 0.12) * 100}%`}
            y={(height - tall) / 2}
            height={tall}
            rx={1}
            style={{ width: `max(1.5px, ${width * 76}%)` }}
          >
            <title>{title}</title>
          </rect>
        )
      })}
    </svg>
  )
}
