import { MINI_STRIP_HEIGHT, MINI_STRIP_WIDTH, type MiniStripView } from '#lib/view/mini-strip-view.ts'
import styles from './mini-strip.module.css'

/** The last checks of a row, a bar each, drawn cheaply enough for a list that scrolls. */
export function MiniStrip({ view, label }: { view: MiniStripView; label: string }) {
  return (
    <svg
      className={styles.strip}
      width="100%"
      height={MINI_STRIP_HEIGHT}
      viewBox={`0 0 ${MINI_STRIP_WIDTH} ${MINI_STRIP_HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${label}: ${view.summary}`}
    >
      {view.paths.map(({ mark, d }) => (
        <path key={mark} data-mark={mark} d={d} />
      ))}
    </svg>
  )
}
