import { DeadlineQueue } from '#lib/domain/deadline-queue.ts'
import { AppError } from '#lib/domain/errors.ts'
import { newHistogram, quantile, recordValue } from '#lib/domain/histogram.ts'
import { checkDueAt, firstDue, isMissed, nextDue } from '#lib/domain/schedule.ts'
import { advanceFleet, nextDeadline } from '#lib/services/advance-fleet.ts'
import { checkProvider, type CheckWorld } from '#lib/services/check-provider.ts'
import type { Scheduler } from '#lib/services/engine.ts'
import { entryOf, type Fleet } from '#lib/services/fleet.ts'
import type { ProviderEntry } from '#lib/services/provider-entry.ts'
import type { CheckRecord } from '#lib/services/records.ts'

type SchedulerParts = {
  fleet: Fleet
  world: CheckWorld
  random: () => number
  /** Off: nothing is checked unless asked for; circuits' deadlines are kept all the same. */
  isOn: boolean
  /** Told of a check that failed because of a fault of ours. */
  onFault: (error: unknown, providerId: string) => void
}

/** How the schedule was kept since the last look. */
export type Punctuality = { checks: number; dropped: number; latenessP99Ms: number | null }

/** The scheduler with its on and off switch. */
export type RunningScheduler = Scheduler & {
  start: () => void
  /** Waits up to `graceMs` for checks under way, then abandons them. */
  stop: (graceMs: number) => Promise<void>
  takePunctuality: () => Punctuality
}

type Running = { result: Promise<CheckRecord | null>; abort: AbortController }

// Between two checks of one provider that both came due, so that a fault of ours can never make a busy loop.
const MIN_GAP_MS = 100
// setTimeout counts in 32 bits; a wake without work costs nothing.
const LONGEST_SLEEP_MS = 60_000

/** Runs due checks, a bounded number at once and never two of one provider, and keeps the fleet's deadlines. */
export function createScheduler({ fleet, world, random, isOn, onFault }: SchedulerParts): RunningScheduler {
  const regular = new Map<string, number>()
  const lastStartedAt = new Map<string, number>()
  const due = new DeadlineQueue()
  const waiting = new Set<string>()
  const running = new Map<string, Running>()
  let timer: NodeJS.Timeout | null = null
  let isStarted = false
  let unsubscribe = () => {}
  let punctuality = { checks: 0, dropped: 0, lateness: newHistogram() }

  const now = () => fleet.clock.now()

  const isPaid = (entry: ProviderEntry) => entry.provider.probe.type === 'completion'

  function schedule(entry: ProviderEntry): void {
    const { id } = entry.provider
    const regularAt = regular.get(id)
    if (regularAt === undefined || running.has(id)) return
    const startedAt = lastStartedAt.get(id) ?? entry.lastCheckAt
    const dueAt = checkDueAt(regularAt, entry.own.circuit, {
      lastStartedAt: startedAt,
      isPaid: isPaid(entry),
    })
    due.set(id, Math.max(dueAt, (startedAt ?? 0) + MIN_GAP_MS))
  }

  function place(entry: ProviderEntry, index: number, count: number): void {
    const { id, enabled } = entry.provider
    if (!enabled) return forget(id)
    const { intervalMs } = entry.policies.monitor
    const known = regular.get(id)
    // A shorter interval takes hold at once; a longer one with the check after the next.
    if (known === undefined || known > now() + intervalMs) {
      regular.set(id, firstDue({ now: now(), intervalMs, index, count, lastCheckAt: entry.lastCheckAt }))
    }
    schedule(entry)
  }

  function forget(id: string): void {
    regular.delete(id)
    lastStartedAt.delete(id)
    due.remove(id)
    waiting.delete(id)
  }

  function refresh(providerId?: string): void {
    if (providerId === undefined) {
      let index = 0
      for (const entry of fleet.entries.values()) place(entry, index++, fleet.entries.size)
    } else {
      const entry = fleet.entries.get(providerId)
      if (entry === undefined) forget(providerId)
      else place(entry, 0, 1)
    }
    arm()
  }

  function run(entry: ProviderEntry, isForced: boolean): Running {
    const { id } = entry.provider
    const abort = new AbortController()
    waiting.delete(id)
    due.remove(id)
    lastStartedAt.set(id, now())
    const result = checkProvider(fleet, world, { providerId: id, signal: abort.signal, isForced }).finally(
      () => {
        running.delete(id)
        const current = fleet.entries.get(id)
        if (current !== undefined) schedule(current)
        wake()
      },
    )
    const started = { result, abort }
    running.set(id, started)
    return started
  }

  function runDue(entry: ProviderEntry): void {
    const { id } = entry.provider
    const dueAt = regular.get(id)
    if (dueAt === undefined) return
    const tick = { dueAt, now: now(), intervalMs: entry.policies.monitor.intervalMs }
    if (tick.now >= dueAt) {
      const { jitter } = fleet.settings.settings.monitor
      regular.set(id, nextDue({ ...tick, jitter, roll: random() }))
      recordValue(punctuality.lateness, Math.max(0.01, tick.now - dueAt))
    }
    punctuality.checks += 1
    run(entry, false).result.catch((error: unknown) => onFault(error, id))
  }

  /** Ticks lost to a stall are dropped and spread again; a circuit's own deadlines never are. */
  function dropMissed(entry: ProviderEntry, dueAt: number): boolean {
    const { intervalMs } = entry.policies.monitor
    const { id } = entry.provider
    if (regular.get(id) !== dueAt || !isMissed({ dueAt, now: now(), intervalMs })) return false
    punctuality.dropped += 1
    regular.set(id, nextDue({ dueAt, now: now(), intervalMs, jitter: 0, roll: random() }))
    schedule(entry)
    return true
  }

  function wake(): void {
    if (!isStarted) return
    advanceFleet(fleet)
    if (isOn) startDue()
    arm()
  }

  function startDue(): void {
    for (const { id, at } of due.popDue(now())) {
      const entry = fleet.entries.get(id)
      if (entry !== undefined && !dropMissed(entry, at)) waiting.add(id)
    }
    for (const id of waiting) {
      if (running.size >= fleet.settings.settings.monitor.concurrency) return
      const entry = fleet.entries.get(id)
      waiting.delete(id)
      if (entry !== undefined && !running.has(id)) runDue(entry)
    }
  }

  function arm(): void {
    if (!isStarted) return
    const nextCheck = isOn ? (due.peek()?.at ?? Infinity) : Infinity
    const at = Math.min(nextCheck, nextDeadline(fleet) ?? Infinity)
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(wake, Math.min(Math.max(1, at - now()), LONGEST_SLEEP_MS))
  }

  return {
    start: () => {
      isStarted = true
      unsubscribe = fleet.bus.on((event) => {
        if (event.type !== 'record' || event.record.providerId === null) return
        const entry = fleet.entries.get(event.record.providerId)
        if (entry !== undefined) schedule(entry)
        arm()
      })
      refresh()
    },
    stop: async (graceMs) => {
      isStarted = false
      unsubscribe()
      if (timer !== null) clearTimeout(timer)
      const all = Promise.allSettled([...running.values()].map(({ result }) => result))
      const grace = setTimeout(() => {
        for (const { abort } of running.values()) abort.abort()
      }, graceMs)
      await all
      clearTimeout(grace)
    },
    refresh,
    nextCheckAt: (id) => due.at(id) ?? regular.get(id) ?? null,
    checkNow: async (id) => {
      const { result } = running.get(id) ?? run(entryOf(fleet, id), true)
      const check = await result
      if (check === null) throw new AppError('conflict', `Provider "${id}" was changed while its check ran.`)
      return check
    },
    runRound: (options) => runRound(options),
    takePunctuality: () => {
      const { checks, dropped, lateness } = punctuality
      punctuality = { checks: 0, dropped: 0, lateness: newHistogram() }
      return { checks, dropped, latenessP99Ms: quantile(lateness, 0.99) }
    },
  }

  /** Null for a provider that was deleted or disabled while the round had others to check, which is no fault. */
  async function checkInRound(id: string): Promise<CheckRecord | null> {
    const entry = fleet.entries.get(id)
    if (entry?.provider.enabled !== true) return null
    regular.set(id, now() + entry.policies.monitor.intervalMs)
    return (running.get(id) ?? run(entry, false)).result
  }

  async function runRound({ all, deadlineMs }: { all: boolean; deadlineMs: number }) {
    const chosen = [...fleet.entries.values()].filter(
      ({ provider: { id, enabled } }) => enabled && (all || (due.at(id) ?? Infinity) <= now()),
    )
    const results: CheckRecord[] = []
    let remaining = chosen.length
    let isOver = false
    const lane = async () => {
      for (let entry = chosen.shift(); entry !== undefined; entry = chosen.shift()) {
        const check = await checkInRound(entry.provider.id)
        // What ends later ends all the same, but this round has been answered.
        if (isOver) return
        remaining -= 1
        if (check !== null) results.push(check)
      }
    }
    // Only what is free: the limit holds for the fleet, however many rounds are asked for.
    const free = Math.max(1, fleet.settings.settings.monitor.concurrency - running.size)
    const lanes = Math.min(chosen.length, free)
    const { promise: timeUp, resolve: end } = Promise.withResolvers<undefined>()
    const limit = setTimeout(end, deadlineMs, undefined)
    try {
      await Promise.race([Promise.all(Array.from({ length: lanes }, lane)), timeUp])
    } finally {
      isOver = true
      clearTimeout(limit)
    }
    return { results, remaining }
  }
}
