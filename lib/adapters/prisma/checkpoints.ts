import type { WorkerLink } from './worker-link.ts'

/** How often the log is carried over: what gathers meanwhile is a MB or two at a thousand checks a second. */
const EVERY_MS = 500

/** Has a thread carry the log over into the database again and again; answers what stops it. */
export function startCheckpoints(thread: WorkerLink): () => void {
  let isUnderWay = false
  const timer = setInterval(() => {
    if (isUnderWay) return
    isUnderWay = true
    // Where it fails, the writing connection does it by itself once the log is long.
    void thread
      .ask('checkpoint')
      .catch(() => null)
      .finally(() => {
        isUnderWay = false
      })
  }, EVERY_MS)
  timer.unref()
  return () => {
    clearInterval(timer)
  }
}
