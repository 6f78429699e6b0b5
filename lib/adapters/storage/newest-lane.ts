import type { NextAttempt, WriteJob } from './write-job.ts'

type Limits = { batch: number; flushMs: number }

type Way<Row> = {
  keyOf: (row: Row) => string
  jobOf: (rows: readonly Row[]) => WriteJob
  /** Called when some are due. */
  wake: () => void
}

/** Rows that replace what is on disk, on their way there: the newest of each key only. */
export function newestLane<Row>(limits: Limits, { keyOf, jobOf, wake }: Way<Row>) {
  const waiting = new Map<string, Row>()
  let isDue = false
  let timer: NodeJS.Timeout | null = null

  const next: NextAttempt = (ending) => {
    if (!ending && !isDue) return null
    const rows = [...waiting.values()].slice(0, limits.batch)
    if (rows.length === 0) {
      isDue = false
      return null
    }
    return {
      job: jobOf(rows),
      succeeded: () => {
        // They wait until now, so that newer ones replace them and what was forgotten meanwhile is never written again.
        for (const row of rows) if (waiting.get(keyOf(row)) === row) waiting.delete(keyOf(row))
      },
      failed: () => undefined,
    }
  }

  return {
    next,
    save: (rows: readonly Row[]) => {
      if (rows.length === 0) return
      for (const row of rows) waiting.set(keyOf(row), row)
      timer ??= setTimeout(() => {
        timer = null
        isDue = true
        wake()
      }, limits.flushMs)
    },
    forget: (keys: readonly string[]) => {
      for (const key of keys) waiting.delete(key)
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer)
    },
  }
}
