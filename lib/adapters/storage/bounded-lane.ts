import { createQueue } from './queue.ts'
import type { NextAttempt, WriteJob } from './write-job.ts'

type Limits = {
  /** Rows that may wait; beyond it the oldest are dropped. */
  waiting: number
  /** Rows of one batch. */
  batch: number
  /** How long a row may wait for its batch to fill. */
  flushMs: number
}

/** Rows on their way to the disk: in batches, oldest dropped first when too many wait. `wake` is called when some are due. */
export function boundedLane<Row>(
  limits: Limits,
  { jobOf, wake }: { jobOf: (rows: readonly Row[]) => WriteJob; wake: () => void },
) {
  const waiting = createQueue<Row>()
  let taken = 0
  let inFlight = 0
  let dropped = 0
  /** How many rows, from the first ever, are due however small their batch is. */
  let due = 0
  let timer: NodeJS.Timeout | null = null

  const size = () => waiting.size() + inFlight

  function take(count: number) {
    const rows = waiting.take(count)
    taken += rows.length
    return rows
  }

  function dropBeyondLimit() {
    const excess = size() - limits.waiting
    if (excess > 0) dropped += take(excess).length
  }

  const next: NextAttempt = (ending) => {
    if (waiting.size() === 0) return null
    if (!ending && waiting.size() < limits.batch && taken >= due) return null
    const batch = take(limits.batch)
    inFlight = batch.length
    return {
      job: jobOf(batch),
      succeeded: () => {
        inFlight = 0
      },
      failed: () => {
        inFlight = 0
        taken -= batch.length
        waiting.putBack(batch)
        dropBeyondLimit()
      },
    }
  }

  return {
    next,
    append: (row: Row) => {
      waiting.push(row)
      dropBeyondLimit()
      if (waiting.size() >= limits.batch) wake()
      timer ??= setTimeout(() => {
        timer = null
        due = taken + waiting.size()
        wake()
      }, limits.flushMs)
    },
    size,
    dropped: () => dropped,
    stop: () => {
      if (timer !== null) clearTimeout(timer)
    },
  }
}
