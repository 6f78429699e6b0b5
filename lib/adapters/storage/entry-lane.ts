import type { JournalEntry } from '#lib/services/records.ts'
import { createQueue } from './queue.ts'
import type { NextAttempt } from './write-job.ts'

type Waiting = { entry: JournalEntry; done: () => void }

/** Journal entries on their way to the disk: in order, never dropped, many in one transaction when many wait. */
export function entryLane(limits: { entryGroup: number }) {
  const waiting = createQueue<Waiting>()
  let inFlight = 0
  let groupSize = limits.entryGroup

  const next: NextAttempt = () => {
    const group = waiting.take(groupSize)
    if (group.length === 0) return null
    inFlight = group.length
    return {
      job: { type: 'entries', entries: group.map(({ entry }) => entry) },
      succeeded: () => {
        inFlight = 0
        groupSize = limits.entryGroup
        for (const { done } of group) done()
      },
      failed: () => {
        inFlight = 0
        waiting.putBack(group)
        // One by one from here, so that good entries do not fail with a bad one behind them.
        groupSize = 1
      },
    }
  }

  return {
    next,
    /** Resolves when the entry is on disk, and never when the program stops before. */
    commit: (entry: JournalEntry) => {
      const { promise, resolve } = Promise.withResolvers<undefined>()
      waiting.push({ entry, done: () => resolve(undefined) })
      return promise
    },
    size: () => waiting.size() + inFlight,
  }
}
