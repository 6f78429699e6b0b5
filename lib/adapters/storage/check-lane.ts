import type { CheckRecord } from '#lib/services/records.ts'
import { boundedLane } from './bounded-lane.ts'
import type { NumberedCheck } from './write-job.ts'

type Limits = { waitingChecks: number; checkBatch: number; checkFlushMs: number }

/** Checks on their way to the disk, each with the id it gets there. */
export function checkLane(limits: Limits, firstId: number, wake: () => void) {
  const lane = boundedLane<NumberedCheck>(
    { waiting: limits.waitingChecks, batch: limits.checkBatch, flushMs: limits.checkFlushMs },
    { jobOf: (checks) => ({ type: 'checks', checks }), wake },
  )
  let nextId = firstId
  return {
    ...lane,
    append: (check: CheckRecord) => {
      lane.append({ id: nextId, check })
      nextId += 1
    },
  }
}
