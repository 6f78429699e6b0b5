import { setTimeout as pause } from 'node:timers/promises'
import type { Journal, JournalStatus } from '#lib/services/ports.ts'
import { checkLane } from './check-lane.ts'
import { entryLane } from './entry-lane.ts'
import { healthLane } from './health-lane.ts'
import { JOURNAL_LIMITS, type JournalLimits } from './journal-limits.ts'
import { pruneLane } from './prune-lane.ts'
import type { Attempt, Write } from './write-job.ts'
import { watchTrouble } from './write-trouble.ts'

/** A journal that also forgets. */
export type PruningJournal = Journal & {
  /** Deletes checks that ended before `before` (epoch ms), in small steps, when nothing else is to be written. */
  prune: (before: number) => void
}

type Parts = {
  write: Write
  /** Closes what `write` writes to. */
  close: () => Promise<void>
  /** The id the next check gets. */
  nextCheckId: number
  limits?: Partial<JournalLimits> | undefined
}

/**
 * The queues before a database. One job at a time, entries first; a job that fails is repeated until it succeeds. What
 * is committed after `close` has given up is never answered.
 */
export function startJournal(parts: Parts): PruningJournal {
  const limits = { ...JOURNAL_LIMITS, ...parts.limits }
  const listeners = new Set<(status: JournalStatus) => void>()
  const entries = entryLane(limits)
  const checks = checkLane(limits, parts.nextCheckId, wake)
  const health = healthLane(limits, wake)
  const pruning = pruneLane(limits, wake)
  const trouble = watchTrouble(limits.impairedAfterMs, () => {
    for (const listener of listeners) listener(status())
  })
  let isRunning = false
  let run: Promise<void> = Promise.resolve()
  let retryMs = limits.retryFirstMs
  let entriesGiveWay = false
  let ending = false
  let gaveUp = false
  let closed: Promise<{ lostEntries: number; lostChecks: number }> | null = null

  function status(): JournalStatus {
    const waiting = { waitingEntries: entries.size(), waitingChecks: checks.size() }
    return { ...trouble.state(), ...waiting, droppedChecks: checks.dropped() }
  }

  function wake() {
    if (isRunning || gaveUp) return
    isRunning = true
    run = runAll()
  }

  async function runAll() {
    // One turn later, so that all that is committed in one go shares a transaction.
    await Promise.resolve()
    for (let attempt = nextAttempt(); attempt !== null; attempt = nextAttempt()) await perform(attempt)
    isRunning = false
  }

  function nextAttempt(): Attempt | null {
    if (gaveUp) return null
    const first = entriesGiveWay ? null : entries.next(ending)
    return first ?? checks.next(ending) ?? health.next(ending) ?? entries.next(ending) ?? pruning.next(ending)
  }

  async function perform({ job, succeeded, failed }: Attempt) {
    entriesGiveWay = false
    trouble.began()
    try {
      succeeded(await parts.write(job))
      trouble.succeeded(job.type)
      retryMs = limits.retryFirstMs
    } catch (error) {
      failed()
      trouble.failed(job.type, error instanceof Error ? error.message : String(error))
      // The others get a turn, so that one entry that cannot be written does not stop them.
      entriesGiveWay = job.type === 'entries'
      await pause(retryMs)
      retryMs = Math.min(retryMs * 2, limits.retryLastMs)
    }
  }

  async function end(timeoutMs: number) {
    ending = true
    wake()
    const drained = new AbortController()
    const timeUp = pause(timeoutMs, undefined, { signal: drained.signal }).catch(() => undefined)
    await Promise.race([run, timeUp])
    drained.abort()
    gaveUp = true
    for (const part of [checks, health, pruning, trouble]) part.stop()
    const lost = { lostEntries: entries.size(), lostChecks: checks.size() }
    await parts.close()
    return lost
  }

  return {
    commit: (entry) => {
      health.forget([...entry.providersDeleted, ...entry.providersReset])
      const committed = entries.commit(entry)
      wake()
      return committed
    },
    appendCheck: (check) => {
      if (!ending) checks.append(check)
    },
    saveHealth: (rows) => {
      if (!ending) health.save(rows)
    },
    prune: (before) => {
      if (ending) return
      pruning.prune(before)
      wake()
    },
    status,
    onStatus: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: (timeoutMs) => (closed ??= end(timeoutMs)),
  }
}
