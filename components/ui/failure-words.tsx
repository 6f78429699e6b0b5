import { Duration } from './duration.tsx'
import styles from './failure-words.module.css'

type Props = {
  text: string
  requestId: string | null
  /** When what stays on screen was last read; null where nothing has been. */
  asOf?: number | null
}

/** Why something could not be read, after how old that is which is on screen instead. */
export function FailureWords({ text, requestId, asOf = null }: Props) {
  return (
    <>
      {asOf !== null && (
        <>
          Last good data: as of <Duration at={asOf} show="ago" />.{' '}
        </>
      )}
      {text}
      {requestId !== null && (
        <>
          {' '}
          <span className={styles.request}>Request {requestId}</span>
        </>
      )}
    </>
  )
}
