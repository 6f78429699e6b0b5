/** How many buckets a sliding window is cut into. */
export const WINDOW_BUCKETS = 10

type Bucket = { start: number; calls: number; failures: number; slow: number }

/**
 * Counts of the last `windowMs`, in ten buckets. The newest bucket is kept beside the full ones and the
 * full ones' sums are kept ready, so that recording a call is one small object and no loop.
 */
export type Window = {
  start: number
  calls: number
  failures: number
  slow: number
  older: readonly Bucket[]
  olderCalls: number
  olderFailures: number
  olderSlow: number
}

/** The counts a window holds at one time. */
export type WindowCounts = { calls: number; failures: number; slow: number }

const EMPTY: readonly Bucket[] = []

/** A window that has seen nothing. */
export const emptyWindow: Window = {
  start: 0,
  calls: 0,
  failures: 0,
  slow: 0,
  older: EMPTY,
  olderCalls: 0,
  olderFailures: 0,
  olderSlow: 0,
}

/** The window as it stands at `now`: buckets that ended more than `windowMs` ago are gone. */
export function rollWindow(window: Window, now: number, windowMs: number): Window {
  const width = windowMs / WINDOW_BUCKETS
  if (now < window.start + width) return window
  const start = Math.floor(now / width) * width
  const oldest = start - windowMs + width
  const kept = window.older.filter((bucket) => bucket.start >= oldest)
  if (window.calls > 0 && window.start >= oldest) {
    kept.push({ start: window.start, calls: window.calls, failures: window.failures, slow: window.slow })
  }
  let olderCalls = 0
  let olderFailures = 0
  let olderSlow = 0
  for (const bucket of kept) {
    olderCalls += bucket.calls
    olderFailures += bucket.failures
    olderSlow += bucket.slow
  }
  return { start, calls: 0, failures: 0, slow: 0, older: kept, olderCalls, olderFailures, olderSlow }
}

/** The window with one more call in it. `window` must have been rolled to the call's time. */
export function recordCall(window: Window, failed: boolean, slow: boolean): Window {
  return {
    start: window.start,
    calls: window.calls + 1,
    failures: failed ? window.failures + 1 : window.failures,
    slow: slow ? window.slow + 1 : window.slow,
    older: window.older,
    olderCalls: window.olderCalls,
    olderFailures: window.olderFailures,
    olderSlow: window.olderSlow,
  }
}

/** What a rolled window holds, all buckets together. */
export function windowCounts(window: Window): WindowCounts {
  return {
    calls: window.olderCalls + window.calls,
    failures: window.olderFailures + window.failures,
    slow: window.olderSlow + window.slow,
  }
}
