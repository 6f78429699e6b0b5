import type { CheckMark } from '#lib/view/check-strip-view.ts'
import type { CheckTick, CheckTicksView } from '#lib/view/check-ticks-view.ts'
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

/** A mark is at least this part of its full height, so that one failure of thousands is still seen. */
const LEAST = 0.3

/** Our own checks on the page's time axis. Where only some went wrong, those stand before the ones that passed. */
export function CheckTicks({ view, height }: { view: CheckTicksView; height: number }) {
  const bar = (tick: CheckTick, mark: CheckMark, tall: number) => (
    <rect
      className={styles.cell}
      data-mark={mark}
      x={`${(tick.x + tick.width * 0.12) * 100}%`}
      y={(height - tall) / 2}
      height={tall}
      rx={1}
      style={{ width: `max(1.5px, ${tick.width * 76}%)` }}
    />
  )
  return (
    <svg className={styles.strip} width="100%" height={height} role="img" aria-label={view.summary}>
      {view.ticks.map((tick) => (
        <g key={tick.x}>
          <title>{tick.title}</title>
          {tick.share < 1 && bar(tick, 'passed', TALLNESS.passed * height)}
          {bar(tick, tick.mark, TALLNESS[tick.mark] * height * Math.max(LEAST, tick.share))}
        </g>
      ))}
    </svg>
  )
}
