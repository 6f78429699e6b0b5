import type { CheckRecord } from '#lib/services/records.ts'
import { createQueue } from './queue.ts'
import type { NextAttempt, NumberedCheck } from './write-job.ts'

type Limits = { waitingChecks: number; checkBatch: number; checkFlushMs: number }

/** Checks on their way to the disk: in batches, oldest dropped first when too many wait. `wake` is called when some are due. */
export function checkLane(limits: Limits, firstId: number, wake: () => void) {
  const waiting = createQueue<NumberedCheck>()
  let nextId = firstId
  let inFlight = 0
  let dropped = 0
  let dueBelowId = firstId
  let timer: NodeJS.Timeout | null = null

  const size = () => waiting.size() + inFlight

  function dropBeyondLimit() {
    const excess = size() - limits.waitingChecks
    if (excess > 0) dropped += waiting.take(excess).length
  }

  const next: NextAttempt = (ending) => {
    const oldest = waiting.peek()
    if (oldest === undefined) return null
    if (!ending && waiting.size() < limits.checkBatch && oldest.id >= dueBelowId) return null
    const batch = waiting.take(limits.checkBatch)
    inFlight = batch.length
    return {
      job: { type: 'checks', checks: batch },
      succeeded: () => {
        inFlight = 0
      },
      failed: () => {
        inFlight = 0
        waiting.putBack(batch)
        dropBeyondLimit()
      },
    }
  }

  return {
    next,
    append: (check: CheckRecord) => {
      waiting.push({ id: nextId, check })
      nextId += 1
      dropBeyondLimit()
      if (waiting.size() >= limits.checkBatch) wake()
      timer ??= setTimeout(() => {
        timer = null
        dueBelowId = nextId
        wake()
      }, limits.checkFlushMs)
    },
    size,
    dropped: () => dropped,
    stop: () => {
      if (timer !== null) clearTimeout(timer)
    },
  }
}
