import { Button } from '#components/ui/button.tsx'
import type { ReplayProgress as Progress } from '#lib/client/replay-queries.ts'
import { formatCount } from '#lib/view/format.ts'
import styles from './replay-progress.module.css'

type Props = {
  /** What is running: "Replaying". */
  label: string
  progress: Progress | 'begun'
  onStop: () => void
}

/** How far a replay is, and the way to stop it. */
export function ReplayProgress({ label, progress, onStop }: Props) {
  const isCounted = progress !== 'begun' && progress.total > 0
  const share = isCounted ? progress.done / progress.total : 0
  return (
    <div className={styles.progress}>
      <div
        className={styles.track}
        role="progressbar"
        aria-label={label}
        {...(isCounted
          ? { 'aria-valuemin': 0, 'aria-valuemax': progress.total, 'aria-valuenow': progress.done }
          : {})}
      >
        <i style={{ width: `${share * 100}%` }} />
      </div>
      <span className={styles.words}>
        {label}
        {isCounted ? ` ${formatCount(progress.done)} of ${formatCount(progress.total)}` : ' …'}
      </span>
      <Button size="small" variant="quiet" onClick={onStop}>
        Stop
      </Button>
    </div>
  )
}
