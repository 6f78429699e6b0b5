import type { SelfHealth } from '#lib/contract/monitor.ts'
import type { ErrorKind } from '#lib/domain/outcome.ts'
import type { FleetEvent } from '#lib/services/engine.ts'
import type { JournalStatus } from '#lib/services/ports.ts'

/** How long a fault of ours is told after it was last seen. */
const FAULT_SHOWN_MS = 60_000
/** Later than this and checks come visibly out of step. */
const LATE_MS = 1_000
/** A stall that an operator should know of; that of a check is judged by the check's own rule. */
const STALL_MS = 1_000
const STALL_SHOWN_MS = 10_000
/** Loading the first pages stalls any start. */
const START_MS = 30_000

type Part = 'scheduler' | 'eventLoop' | 'egress'

/** Which of our own parts a check that failed by our fault speaks of. */
const PART_OF: Partial<Record<ErrorKind, Part>> = {
  loop_stalled: 'eventLoop',
  egress_down: 'egress',
  resources_exhausted: 'scheduler',
}

type Sources = {
  now: () => number
  startedAt: number
  version: string
  schedulerOn: boolean
  hasCanary: boolean
  journalStatus: () => JournalStatus
  maxLoopDelaySince: (at: number) => number
}

/** Our own health, and how it learns of our own faults. */
export type SelfHealthWatch = {
  read: () => SelfHealth
  /** To be told everything that the bus tells. */
  hear: (event: FleetEvent) => void
  /** To be told how late the latest checks were, p99 in ms; null: none ran. */
  hearLateness: (latenessMs: number | null) => void
}

/** Puts our own health together from the journal, the schedule, the event loop and checks that failed by our fault. */
export function watchSelfHealth(sources: Sources): SelfHealthWatch {
  const { now } = sources
  const faultAt: Record<Part, number> = { scheduler: -Infinity, eventLoop: -Infinity, egress: -Infinity }
  let latenessMs: number | null = null

  const isFaulty = (part: Part) => now() - faultAt[part] < FAULT_SHOWN_MS
  const stateOf = (isImpaired: boolean, isOn = true) => (isImpaired ? 'impaired' : isOn ? 'ok' : 'off')

  return {
    read: () => {
      const from = Math.max(now() - STALL_SHOWN_MS, sources.startedAt + START_MS)
      const isStalled = from <= now() && sources.maxLoopDelaySince(from) > STALL_MS
      const isLate = sources.schedulerOn && (latenessMs ?? 0) > LATE_MS
      const checks = {
        database: sources.journalStatus().state,
        scheduler: stateOf(isLate || isFaulty('scheduler'), sources.schedulerOn),
        eventLoop: stateOf(isStalled || isFaulty('eventLoop')),
        egress: stateOf(isFaulty('egress'), sources.hasCanary),
      } as const
      return {
        status: Object.values(checks).includes('impaired') ? 'impaired' : 'ok',
        version: sources.version,
        uptimeMs: now() - sources.startedAt,
        checks,
      }
    },
    hear: (event) => {
      if (event.type !== 'check' || event.check.class !== 'internal' || event.check.kind === null) return
      const part = PART_OF[event.check.kind]
      if (part !== undefined) faultAt[part] = now()
    },
    hearLateness: (next) => {
      latenessMs = next
    },
  }
}
