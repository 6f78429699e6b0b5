import type { Check, History } from '#lib/contract/check.ts'
import type { FleetEventRecord } from '#lib/contract/circuit.ts'
import type { DecisionView } from '#lib/contract/decision.ts'
import type { AuditOutcome, EntityType } from '#lib/domain/audit.ts'
import type { ErrorKind, OutcomeClass, OutcomeSource, Phases } from '#lib/domain/outcome.ts'
import type { BreakerPolicy } from '#lib/domain/policy.ts'
import type { Provider } from '#lib/domain/provider.ts'
import type { ProviderResult } from '#lib/domain/replay/provider-replay.ts'
import type { RawResult } from '#lib/domain/raw-result.ts'
import type { GatewayApi } from '#lib/domain/routing/request-facts.ts'
import type { Incident } from '#lib/domain/alerts/incident.ts'
import type { DeliveryRecord, DeliveryState, IncidentStory } from './alerts/records.ts'
import type { DataStore } from './data-store.ts'
import type {
  AuditEntry,
  CheckRecord,
  DecisionCount,
  JournalEntry,
  KeptDecision,
  OutcomePart,
  RestoredState,
  SettingsRecord,
  StoredHealth,
} from './records.ts'

/** The fleet's clock: epoch ms, monotonic, set once from the wall clock. */
export type Clock = { now: () => number }

export type { RawResult }

/** Runs a provider's probe once. Rejects only for a bug: everything expected is in the result. */
export type Prober = {
  probe: (provider: Provider, options: { timeoutMs: number; signal: AbortSignal }) => Promise<RawResult>
}

/** Whether the journal reaches the disk. */
export type JournalStatus = {
  state: 'ok' | 'impaired'
  /** What is wrong, in words; null when nothing is. */
  detail: string | null
  /** Journal entries, check rows and decisions waiting to be written. */
  waitingEntries: number
  waitingChecks: number
  waitingDecisions: number
  /** Check rows and decisions dropped since the start because their queue was full. */
  droppedChecks: number
  droppedDecisions: number
}

/** The database's writing side. Append queues and returns; nothing here ever blocks the caller. */
export type Journal = {
  /** Resolves when the entry is on disk; never rejects while running, but may take as long as the database is away. */
  commit: (entry: JournalEntry) => Promise<void>
  /** Queued, written within 1 s; dropped oldest first when the queue is full. */
  appendCheck: (check: CheckRecord) => void
  /** The same for a decision that is kept. */
  appendDecision: (kept: KeptDecision) => void
  /** The same for what moved circuits. */
  appendOutcomes: (part: OutcomePart) => void
  /** Overwrites these counts, which are totals, in the background. */
  saveDecisionCounts: (counts: readonly DecisionCount[]) => void
  /** Overwrites the averages of these providers in the background. */
  saveHealth: (rows: readonly StoredHealth[]) => void
  status: () => JournalStatus
  /** Calls back when `status().state` changes. Returns how to stop. */
  onStatus: (listener: (status: JournalStatus) => void) => () => void
  /** Writes all that waits, then closes; gives up after `timeoutMs` and says how much was lost. */
  close: (timeoutMs: number) => Promise<Lost>
}

/** What was not written when the journal gave up. */
export type Lost = { lostEntries: number; lostChecks: number; lostDecisions: number }

/** A time range, `from` included, `to` excluded, and one page of it. */
export type Range = { from: number; to: number }
export type Page = { cursor: string | null; limit: number }

/** Which incidents are asked for; null: whatever they are, and about whomever. */
export type IncidentsQuery = Range & Page & { state: 'open' | 'resolved' | null; providerId: string | null }
export type Paged<T> = { items: T[]; nextCursor: string | null }

/** Which audit entries: all that match. */
export type AuditQuery = Range & {
  /** A name or an actor's id. */
  actor?: string | undefined
  /** `circuit.force`, or `circuit` for all of its kind. */
  action?: string | undefined
  entityType?: EntityType | undefined
  entityId?: string | undefined
  outcome?: AuditOutcome | undefined
  /** Found anywhere in what is said of it, in small letters or capitals. */
  text?: string | undefined
}

/** The database's reading side, on its own thread. Rejects with `unavailable` when the database is away. */
export type HistoryReader = {
  /** Newest first. */
  checks: (
    query: Range & Page & { providerId: string; class: OutcomeClass | null; source: OutcomeSource | null },
  ) => Promise<Paged<Check>>
  /**
   * Non-empty buckets in order. `resolutionMs` must divide a UTC day; bucket starts are its multiples, and each is whole,
   * also the one that `from` lies in and the one that `to` lies in. Nothing is there of stretches finer than what is
   * kept of their time.
   */
  history: (
    query: Range & {
      providerId: string
      source: OutcomeSource | null
      model: string | null
      resolutionMs: number
      slowMs: number | null
    },
  ) => Promise<History>
  /**
   * Transitions, override and cooling events, operator actions and markers, newest first; null: of all providers or
   * models. `fleetWide`: also what concerns no provider alone.
   */
  events: (
    query: Range &
      Page & {
        providerId: string | null
        model: string | null | undefined
        kinds: readonly FleetEventRecord['kind'][]
        fleetWide?: boolean
      },
  ) => Promise<Paged<FleetEventRecord>>
  /** The transition in force at `at` for each circuit: what a breaker strip starts with. */
  stateBefore: (query: { providerId: string | null; at: number }) => Promise<FleetEventRecord[]>
  settingsVersions: (query: Page) => Promise<Paged<SettingsRecord>>
  settingsVersion: (version: number) => Promise<SettingsRecord | null>
  /** What was done and tried, by falling number. */
  audit: (query: AuditQuery & Page) => Promise<Paged<AuditEntry>>
  /** Decisions that were kept, newest first; null: whatever it may be. `providerId`: it was chosen or tried. */
  decisions: (
    query: Page & { route: string | null; providerId: string | null; failed: boolean | null },
  ) => Promise<Paged<DecisionView>>
  /** The decision with this id, or the newest one of the request with this id; null when none was kept. */
  decision: (id: string) => Promise<DecisionView | null>
  /** Incidents that began in the range, newest first; of one provider where it is named. */
  incidents: (query: IncidentsQuery) => Promise<Paged<Incident>>
  /** An incident with its story; null when there is none of this id. */
  incident: (id: string) => Promise<IncidentStory | null>
  /** Deliveries in this state, newest first; null: to any channel. */
  deliveries: (
    query: Page & { channelId: string | null; state: DeliveryState },
  ) => Promise<Paged<DeliveryRecord>>
  delivery: (id: string) => Promise<DeliveryRecord | null>
  /** How many circuits' openings there were since `since`, by circuit key `providerId` or `providerId/model`. */
  openingsSince: (since: number) => Promise<Record<string, number>>
  /** Checks of the last hour for the in-memory counts at start: streamed in pages, oldest first. */
  checksSince: (
    since: number,
    afterId: number,
    limit: number,
  ) => Promise<{ rows: CheckRecord[]; lastId: number }>
  close: () => Promise<void>
}

/** One provider's recorded outcomes under several sets of thresholds. */
export type ReplayQuery = Range & {
  providerId: string
  policies: readonly BreakerPolicy[]
  /** Whether figures are enough: then no transitions are listed. */
  isBrief: boolean
}

/** Replays what was recorded, on a thread of its own, so that neither charts nor checks wait. */
export type Replayer = {
  /** Rejects when the signal is aborted; tells after every piece of work which share, 0 to 1, is done. */
  replay: (
    query: ReplayQuery,
    watch: { signal: AbortSignal; onProgress: (share: number) => void },
  ) => Promise<ProviderResult>
}

/** An open database: restored state, its two sides, what replays of it, and itself as a whole. */
export type Storage = {
  restored: RestoredState
  journal: Journal
  reader: HistoryReader
  replayer: Replayer
  data: DataStore
}

/** A question to the tables of who may sign in, as Prisma's own call: `client[model][method](args)`. */
export type AccountQuery = {
  model: 'user' | 'session' | 'account' | 'verification' | 'twoFactor'
  method: 'create' | 'findFirst' | 'findMany' | 'count' | 'update' | 'updateMany' | 'delete' | 'deleteMany'
  args: unknown
}

/** The tables of who may sign in. Rejects with `unavailable` when the database is away. */
export type AccountStore = { ask: (query: AccountQuery) => Promise<unknown> }

/** The SHA-256 of a text, in hexadecimal. */
export type Sha256 = (text: string) => string

/** Seals and opens provider keys. */
export type Secrets = {
  seal: (plain: string) => string
  /** Throws when the sealed text was made with another key or was changed. */
  open: (sealed: string) => string
}

/** Headers by lower-case name. */
export type HeaderFields = Readonly<Record<string, string | string[] | undefined>>

/** A client's request on its way to a provider. What of its headers and query may pass is for the adapter to say. */
export type UpstreamRequest = {
  provider: Provider
  api: GatewayApi
  /** The model's name there. */
  model: string
  headers: HeaderFields
  /** The client's query with its question mark; empty without one. */
  query: string
  body: Uint8Array | AsyncIterable<Uint8Array>
  /** Null where only the end of the body will tell. */
  bodyBytes: number | null
  connectMs: number
}

/** Told what becomes of a call, each at most once save for `onData`; nothing after `onEnd`, `onFailure` or an abort. */
export type UpstreamListener = {
  /** `headers` may be passed on: none of them belongs to the connection. The body comes unpacked. */
  onAnswer: (status: number, headers: HeaderFields) => void
  onData: (chunk: Uint8Array) => void
  onEnd: () => void
  onFailure: (failure: { kind: ErrorKind; message: string }) => void
}

/** A call under way. */
export type UpstreamCall = {
  pause: () => void
  resume: () => void
  /** Ends the call at once and drops its connection. */
  abort: () => void
  phases: () => Phases
  /** `text` without the provider's key or anything else that must not be shown. */
  redact: (text: string) => string
}

/** Carries requests to providers. Never tells a key, never throws. */
export type Upstream = {
  call: (request: UpstreamRequest, listener: UpstreamListener) => UpstreamCall
  close: () => Promise<void>
}
