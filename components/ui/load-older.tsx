import { Button } from './button.tsx'
import styles from './load-older.module.css'

type Log = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> }

/** Asks a list that is read page by page for its next page; nothing at its end. */
export function LoadOlder({ log }: { log: Log }) {
  if (!log.hasNextPage) return null
  return (
    <div className={styles.more}>
      <Button
        pending={log.isFetchingNextPage}
        pendingLabel="Loading…"
        onClick={() => void log.fetchNextPage()}
      >
        Load older
      </Button>
    </div>
  )
}
