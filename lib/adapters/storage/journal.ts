import { setTimeout as pause } from 'node:timers/promises'
import type { Journal, JournalStatus, Lost } from '#lib/services/ports.ts'
import type { DecisionCount, KeptDecision, OutcomePart, StoredHealth } from '#lib/services/records.ts'
import { boundedLane } from './bounded-lane.ts'
import { checkLane } from './check-lane.ts'
import { entryLane } from './entry-lane.ts'
import { JOURNAL_LIMITS, type JournalLimits } from './journal-limits.ts'
import { newestLane } from './newest-lane.ts'
import { stepLane } from './step-lane.ts'
import type { Attempt, Horizon, NumberedPart, PackTask, RollupTask, Write } from './write-job.ts'
import { watchTrouble } from './write-trouble.ts'

/** A journal that also adds up and forgets. */
export type PruningJournal = Journal & {
  /** Adds up what is due by now, in small steps. Only entries go first: checks may come without end. */
  rollUp: (task: RollupTask) => void
  /** Packs recorded outcomes into blocks, on the same terms. */
  packOutcomes: (task: PackTask) => void
  /** Deletes what is older than this, in small steps, when nothing else is to be written. */
  prune: (before: Horizon) => void
}

type Parts = {
  write: Write
  /** Closes what `write` writes to. */
  close: () => Promise<void>
  /** The id the next check gets. */
  nextCheckId: number
  /** The id the next part of recorded outcomes gets. */
  nextPartId: number
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
  const decisions = boundedLane<KeptDecision>(
    { waiting: limits.waitingDecisions, batch: limits.decisionBatch, flushMs: limits.decisionFlushMs },
    { jobOf: (rows) => ({ type: 'decisions', decisions: rows }), wake },
  )
  const outcomes = boundedLane<NumberedPart>(
    { waiting: limits.waitingParts, batch: limits.partBatch, flushMs: limits.partFlushMs },
    { jobOf: (rows) => ({ type: 'outcomes', parts: rows }), wake },
  )
  let { nextPartId } = parts
  const counts = newestLane<DecisionCount>(
    { batch: limits.countBatch, flushMs: limits.countFlushMs },
    { keyOf: countKey, jobOf: (rows) => ({ type: 'counts', counts: rows }), wake },
  )
  const health = newestLane<StoredHealth>(
    { batch: limits.healthBatch, flushMs: limits.healthFlushMs },
    { keyOf: ({ providerId }) => providerId, jobOf: (rows) => ({ type: 'health', rows }), wake },
  )
  const background = [checks, decisions, outcomes, counts, health]
  const steps = { gapMs: limits.stepGapMs, wake }
  const rolling = stepLane<RollupTask>({
    ...steps,
    jobOf: (task) => ({ type: 'rollup', ...task }),
    merged: (_waiting, task) => task,
  })
  const packing = stepLane<PackTask>({
    ...steps,
    jobOf: (task) => ({ type: 'pack', ...task }),
    merged: (_waiting, task) => task,
  })
  const pruning = stepLane<Horizon>({
    ...steps,
    jobOf: (before) => ({ type: 'prune', before }),
    merged: laterOf,
  })
  const trouble = watchTrouble(limits.impairedAfterMs, () => {
    for (const listener of listeners) listener(status())
  })
  let isRunning = false
  let run: Promise<void> = Promise.resolve()
  let retryMs = limits.retryFirstMs
  let entriesGiveWay = false
  let ending = false
  let gaveUp = false
  let closed: Promise<Lost> | null = null

  function status(): JournalStatus {
    return {
      ...trouble.state(),
      waitingEntries: entries.size(),
      waitingChecks: checks.size(),
      waitingDecisions: decisions.size(),
      droppedChecks: checks.dropped(),
      droppedDecisions: decisions.dropped(),
    }
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
    // After an entry that failed the others get a turn first.
    const others = [rolling, ...background]
    const last = [packing, pruning]
    for (const lane of entriesGiveWay ? [...others, entries, ...last] : [entries, ...others, ...last]) {
      const attempt = lane.next(ending)
      if (attempt !== null) return attempt
    }
    return null
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
    for (const part of [...background, rolling, packing, pruning, trouble]) part.stop()
    const lost = {
      lostEntries: entries.size(),
      lostChecks: checks.size(),
      lostDecisions: decisions.size(),
    }
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
    appendDecision: (kept) => {
      if (!ending) decisions.append(kept)
    },
    appendOutcomes: (part: OutcomePart) => {
      if (ending) return
      outcomes.append({ id: nextPartId, part })
      nextPartId += 1
    },
    saveDecisionCounts: (rows) => {
      if (!ending) counts.save(rows)
    },
    saveHealth: (rows) => {
      if (!ending) health.save(rows)
    },
    prune: (before) => {
      if (ending) return
      pruning.ask(before)
      wake()
    },
    packOutcomes: (task) => {
      if (ending) return
      packing.ask(task)
      wake()
    },
    rollUp: (task) => {
      if (ending) return
      rolling.ask(task)
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

const laterOf = (waiting: Horizon, before: Horizon): Horizon => ({
  checks: Math.max(waiting.checks, before.checks),
  rollups: before.rollups.map((time, tier) => Math.max(time, waiting.rollups[tier] ?? time)),
  decisions: Math.max(waiting.decisions, before.decisions),
  incidents: Math.max(waiting.incidents, before.incidents),
})

const countKey = ({ route, providerId, reasonCode }: DecisionCount) =>
  JSON.stringify([route, providerId, reasonCode])
