import Database from 'libsql/promise'

/** How often the log is carried over: what gathers meanwhile is a MB or two at a thousand checks a second. */
const EVERY_MS = 500

/**
 * Carries what is in the database's log over into the database again and again, so that no commit has to. The driver
 * does it on a thread of its own, so that nobody waits for it here either. Answers what ends it and closes its connection.
 */
export function startCheckpoints(path: string): () => Promise<void> {
  const database = new Database(path, {})
  // The driver's types say nothing of what it answers.
  const checkpoint = () => database.exec('PRAGMA wal_checkpoint(PASSIVE)') as Promise<unknown>
  let underWay: Promise<unknown> | null = null
  const timer = setInterval(() => {
    // It takes what it can and waits for nobody. Where it fails, the writing connection does it once the log is long.
    underWay ??= checkpoint()
      .catch(() => undefined)
      .finally(() => {
        underWay = null
      })
  }, EVERY_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await underWay
    database.close()
  }
}
