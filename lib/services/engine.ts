import type { FleetEventRecord } from '#lib/contract/circuit.ts'
import type { DataStore } from './data-store.ts'
import type { Fleet } from './fleet.ts'
import type { SelfWatch } from './judge-call.ts'
import type { Clock, HistoryReader, Journal, Replayer, Secrets, Sha256 } from './ports.ts'
import type { CheckRecord } from './records.ts'
import type { Routing } from './routing/routing.ts'
import type { Alerting } from './alerts/alerting.ts'
import type { ApiKeys } from './access/api-keys.ts'
import type { ClientKeys } from './routing/client-keys.ts'

/** What the fleet tells the rest of the house, in the order it happened. */
export type FleetEvent =
  /** Something a ProviderRow shows has changed; read the row when you need it. */
  | { type: 'row'; providerId: string }
  | { type: 'removed'; providerId: string }
  /** A transition, override or cooling event, or operator action. Comes once; `persisted` is as of then. */
  | { type: 'record'; record: FleetEventRecord }
  | { type: 'settings'; version: number }
  | { type: 'check'; check: CheckRecord }
  /** An incident began, changed or ended. */
  | { type: 'incident'; incidentId: string }

/** One bus; listeners are called in order, synchronously, and must not throw. */
export type Bus = {
  on: (listener: (event: FleetEvent) => void) => () => void
  emit: (event: FleetEvent) => void
}

/** Runs due checks and the fleet's deadlines; built in `lib/server`. */
export type Scheduler = {
  /** Runs one check now, in any state; a check of that provider already under way is joined. */
  checkNow: (providerId: string) => Promise<CheckRecord>
  /** Runs every due check (or all), until `deadlineMs` have passed; says how many were left. */
  runRound: (options: {
    all: boolean
    deadlineMs: number
  }) => Promise<{ results: CheckRecord[]; remaining: number }>
  /** Takes up added, changed and removed providers and changed intervals. */
  refresh: (providerId?: string) => void
  nextCheckAt: (providerId: string) => number | null
}

/** What traffic needs of the world. */
export type TrafficWorld = SelfWatch & {
  /** A number from 0 up to 1. */
  random: () => number
  /** A stopwatch in microseconds, from any beginning. */
  nowUs: () => number
  /** A text that nobody can guess. */
  newToken: () => string
}

/** Everything a verb may need: the live state, its doors to the world, and how ids are made. */
export type Engine = {
  clock: Clock
  fleet: Fleet
  routing: Routing
  world: TrafficWorld
  journal: Journal
  reader: HistoryReader
  data: DataStore
  replayer: Replayer
  secrets: Secrets
  sha256: Sha256
  clientKeys: ClientKeys
  apiKeys: ApiKeys
  scheduler: Scheduler
  alerting: Alerting
  bus: Bus
  /** Resolves after so many ms; keeps no process alive. */
  wait: (ms: number) => Promise<void>
  /** A new unique id that sorts by time. */
  newId: () => string
  /** Identifies this start of the process on the stream. */
  bootId: string
  /** The stream's present position. */
  streamSeq: () => number
}
