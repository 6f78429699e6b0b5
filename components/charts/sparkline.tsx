import { SPARKLINE_HEIGHT, SPARKLINE_WIDTH, type SparklineView } from '#lib/view/sparkline-view.ts'
import styles from './sparkline.module.css'

type Props = {
  view: SparklineView
  /** In px. */
  height: number
  /** Whose numbers they are, before the summary in the accessible name. */
  label?: string
}

/** A line as small as a word; its summary is its accessible name. */
export function Sparkline({ view, height, label }: Props) {
  return (
    <svg
      className={styles.sparkline}
      width="100%"
      height={height}
      viewBox={`0 0 ${SPARKLINE_WIDTH} ${SPARKLINE_HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label === undefined ? view.summary : `${label}: ${view.summary}`}
    >
      <path className={styles.line} d={view.path} />
    </svg>
  )
}
