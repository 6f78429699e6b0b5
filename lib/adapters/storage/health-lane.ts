import type { StoredHealth } from '#lib/services/records.ts'
import type { NextAttempt } from './write-job.ts'

type Limits = { healthBatch: number; healthFlushMs: number }

/** Averages on their way to the disk: the newest of each provider only. `wake` is called when some are due. */
export function healthLane(limits: Limits, wake: () => void) {
  const waiting = new Map<string, StoredHealth>()
  let isDue = false
  let timer: NodeJS.Timeout | null = null

  const next: NextAttempt = (ending) => {
    if (!ending && !isDue) return null
    const rows = [...waiting.values()].slice(0, limits.healthBatch)
    if (rows.length === 0) {
      isDue = false
      return null
    }
    return {
      job: { type: 'health', rows },
      succeeded: () => {
        // They wait until now, so that newer ones replace them and a deleted provider's are never written again.
        for (const row of rows) if (waiting.get(row.providerId) === row) waiting.delete(row.providerId)
      },
      failed: () => undefined,
    }
  }

  return {
    next,
    save: (rows: readonly StoredHealth[]) => {
      if (rows.length === 0) return
      for (const row of rows) waiting.set(row.providerId, row)
      timer ??= setTimeout(() => {
        timer = null
        isDue = true
        wake()
      }, limits.healthFlushMs)
    },
    forget: (providerIds: readonly string[]) => {
      for (const id of providerIds) waiting.delete(id)
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer)
    },
  }
}
