import type { Horizon, PackTask, RollupTask } from '#lib/adapters/storage/write-job.ts'
import { parseDuration } from '#lib/contract/duration.ts'
import { REPLAY_KEPT_MS } from '#lib/contract/preview.ts'
import { saveOutcomes } from '#lib/services/save-outcomes.ts'
import { saveAverages } from '#lib/services/advance-fleet.ts'
import type { Fleet } from '#lib/services/fleet.ts'
import type { FleetClock } from './clock.ts'
import { horizonAt } from './horizon.ts'
import type { Logger } from './log.ts'
import { type LoopDelay, TICK_MS } from './loop-delay.ts'
import type { RunningScheduler } from './scheduler.ts'
import type { SelfHealthWatch } from './self-health.ts'

const AVERAGES_MS = 5_000
const ADVANCE_MS = 250
const PUNCTUALITY_MS = 10_000
const PRUNE_MS = 60_000
const ROLLUP_MS = 5_000

/** A replay of all that is kept begins with circuits that are warm. */
const WARM_UP_MS = 2 * 3_600_000

type Kept = {
  fleet: Fleet
  /** Brings the fleet and what hangs on it to now. */
  advance: () => void
  /** Hands the counts of decisions to the journal. */
  saveCounts: () => void
  clock: FleetClock
  loop: LoopDelay
  scheduler: RunningScheduler
  health: SelfHealthWatch
  rollUp: (task: RollupTask) => void
  prune: (before: Horizon) => void
  packOutcomes: (task: PackTask) => void
  log: Logger
}

/**
 * What has to be done from time to time: look for sleep and stalls, save averages, add up history, forget what is old.
 * Returns how to stop.
 */
export function keepHouse({
  fleet,
  advance,
  saveCounts,
  clock,
  loop,
  scheduler,
  health,
  rollUp,
  prune,
  packOutcomes,
  log,
}: Kept): () => void {
  const tick = () => {
    const sleptMs = clock.catchUp()
    loop.tick()
    if (sleptMs === 0) return
    log.warn({ sleptMs }, 'the machine slept')
    // What was timed before the sleep would come late by as much.
    scheduler.refresh()
  }
  const look = () => {
    const { checks, dropped, latenessP99Ms } = scheduler.takePunctuality()
    health.hearLateness(latenessP99Ms)
    if (dropped > 0)
      log.warn({ checks, dropped, latenessP99Ms }, 'checks were dropped because the schedule ran late')
  }
  const forget = () => {
    const now = clock.now()
    prune(horizonAt(now, parseDuration(fleet.settings.settings.history.raw)))
    packOutcomes({ now, keptFrom: now - REPLAY_KEPT_MS - WARM_UP_MS })
  }
  const addUp = () => rollUp({ now: clock.now(), slowMs: slowLimits(fleet) })
  const timers = [
    setInterval(tick, TICK_MS),
    setInterval(look, PUNCTUALITY_MS),
    // The scheduler wakes for what it knew of when it went to sleep; traffic comes in between.
    setInterval(advance, ADVANCE_MS),
    setInterval(() => {
      saveAverages(fleet)
      saveCounts()
      saveOutcomes(fleet)
    }, AVERAGES_MS),
    setInterval(addUp, ROLLUP_MS),
    setInterval(forget, PRUNE_MS),
  ]
  forget()
  return () => {
    for (const timer of timers) clearInterval(timer)
  }
}

/** Above which latency a success is slow, by the ids of the providers where there is such a limit. */
function slowLimits({ entries }: Fleet): Record<string, number> {
  const limits: Record<string, number> = {}
  for (const [id, { policies }] of entries) {
    const { slowCallMs } = policies.breaker
    if (slowCallMs !== null) limits[id] = slowCallMs
  }
  return limits
}
