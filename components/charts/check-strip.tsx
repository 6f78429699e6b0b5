import type { CheckMark, CheckStripView } from '#lib/view/check-strip-view.ts'
import styles from './check-strip.module.css'

type Props = {
  view: CheckStripView
  /** In px. */
  height: number
  /** Whose checks they are, before the summary in the accessible name. */
  label?: string
}

const CELL = 4

/** How much of the strip's height a mark takes: worse stands taller, so that it also reads without colour. */
const TALLNESS: Record<CheckMark, number> = {
  passed: 0.4,
  limited: 0.7,
  failed: 1,
  neutral: 0.4,
  skipped: 0.4,
  none: 0.1,
}

/** The last checks, a bar each; the newest at the right. */
export function CheckStrip({ view, height, label }: Props) {
  const { cells, summary } = view
  return (
    <svg
      className={styles.strip}
      width="100%"
      height={height}
      viewBox={`0 0 ${cells.length * CELL} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label === undefined ? summary : `${label}: ${summary}`}
    >
      {cells.map(({ mark, title }, i) => {
        const tall = Math.max(2, TALLNESS[mark] * height)
        return (
          <rect
            key={i}
            className={styles.cell}
            data-mark={mark}
            x={i * CELL + 0.6}
            y={(height - tall) / 2}
            width={CELL - 1.2}
            height={tall}
          >
            <title>{title}</title>
          </rect>
        )
      })}
    </svg>
  )
}
