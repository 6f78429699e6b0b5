import type { Scope } from '#lib/domain/access/roles.ts'
import type { Settings } from '#lib/contract/settings.ts'
import type { AuditRecord } from '#lib/domain/audit.ts'
import type { Circuit, CircuitEvent, Transition } from '#lib/domain/circuit.ts'
import type { Histogram } from '#lib/domain/histogram.ts'
import type { HealthAverages } from '#lib/domain/health.ts'
import type { ErrorKind, OutcomeClass, OutcomeSource, Phases } from '#lib/domain/outcome.ts'
import type { Provider } from '#lib/domain/provider.ts'
import type { Decision, ReasonCode } from '#lib/domain/routing/decision.ts'
import type { Route } from '#lib/domain/routing/route.ts'
import type { AlertingEntry, RestoredAlerting } from './alerts/records.ts'

/** Why a due check was not run. */
export type SkipReason = 'budget_spent' | 'traffic_proves' | 'prices_missing'

/** One run of a probe, or attempts that ended alike, as history keeps it. `class` is null when `skipped` says why. */
export type CheckRecord = {
  providerId: string
  model: string | null
  source: OutcomeSource
  /** The end of the call, epoch ms. */
  at: number
  class: OutcomeClass | null
  /** The mean where it stands for many. */
  latencyMs: number | null
  phases: Phases | null
  httpStatus: number | null
  kind: ErrorKind | null
  message: string | null
  skipped: SkipReason | null
  /** How many calls this stands for: 1 for a check, any number for the traffic of one second. */
  count: number
  /** The latencies of more than one success; null for one, and where none was measured. */
  latencies: Histogram | null
}

/** A circuit's address: its provider's own (model null), or a model's. */
export type CircuitAddress = { providerId: string; model: string | null }

/** A circuit as it is kept over a restart: everything but its window and its leases. */
export type StoredCircuit = CircuitAddress & { circuit: Circuit }

/** A provider's averages as they are kept over a restart, and what its completion probes have spent. */
export type StoredHealth = {
  providerId: string
  health: HealthAverages
  lastCheckAt: number | null
  /** UTC day, `2026-01-31`, and the US dollars spent on it by completion probes. */
  spent: { day: string; usd: number } | null
}

/** One version of the settings. */
export type SettingsRecord = {
  version: number
  at: number
  actor: string
  reason: string | null
  settings: Settings
}

/** An audit record in its place in the chain: each entry's hash is over all of it and the hash before. */
export type AuditEntry = AuditRecord & {
  /** 1 for the first, and no gaps. */
  number: number
  /** The hash of the entry before; empty for the first. */
  previousHash: string
  /** SHA-256, in hexadecimal. */
  hash: string
}

/** Something that happened elsewhere and explains a chart; null: it concerns the whole fleet. */
export type MarkerRecord = {
  id: string
  at: number
  title: string
  text: string | null
  url: string | null
  actor: string
  providerId: string | null
}
/** What moved circuits between two moments, packed, on its way into the blocks that are replayed. */
export type OutcomePart = { from: number; to: number; data: Uint8Array }

/** A machine's key for the API. The key itself is not kept: it is found by its hash. */
export type ApiKey = {
  id: string
  name: string
  /** SHA-256 of the key, in hexadecimal. */
  hash: string
  /** The key's first characters, by which its owner knows it. */
  prefix: string
  scopes: readonly Scope[]
  /** The name of who made it. */
  createdBy: string
  createdAt: number
  /** From when on it is refused; null: never. */
  expiresAt: number | null
  /** To the minute. */
  lastUsedAt: number | null
}

/** A key for an application that calls the gateway. The key itself is not kept: it is found by its hash. */
export type ClientKey = {
  id: string
  name: string
  /** SHA-256 of the key, in hexadecimal. */
  hash: string
  /** The key's first characters, by which its owner knows it. */
  prefix: string
  /** The routes it may use; null: all. */
  routes: readonly string[] | null
  requestsPerMinute: number | null
  tokensPerMinute: number | null
  createdAt: number
  /** To the minute. */
  lastUsedAt: number | null
}

/** A decision that is kept, and what it is found by. */
export type KeptDecision = {
  decision: Decision
  /** Whether the client got no good answer. */
  failed: boolean
  /** Whether more than one provider was tried. */
  failedOver: boolean
}

/** How often a reason chose a provider on a route, ever; null: it chose nobody. */
export type DecisionCount = {
  route: string
  providerId: string | null
  reasonCode: ReasonCode
  count: number
}

/** A transition or an override or cooling event, with the circuit's address. `id` is unique and sorts by time. */
export type TransitionEntry = CircuitAddress & { id: string; transition: Transition }
export type CircuitEventEntry = CircuitAddress & { id: string; event: CircuitEvent }

/**
 * What must not be lost, written in order, each entry in one transaction. `circuits` are the circuits as they
 * stand after it; `checks` and averages are not entries: they are written in the background.
 */
export type JournalEntry = {
  transitions: readonly TransitionEntry[]
  events: readonly CircuitEventEntry[]
  circuits: readonly StoredCircuit[]
  audit: readonly AuditRecord[]
  markers: readonly MarkerRecord[]
  settings: readonly SettingsRecord[]
  providersSaved: readonly Provider[]
  /** Ids of providers that were deleted; their history stays. Their circuits and averages go. */
  providersDeleted: readonly string[]
  /** Ids of providers whose circuits and averages start anew (base URL, kind or key changed). */
  providersReset: readonly string[]
  routesSaved: readonly Route[]
  /** Names of routes that were deleted; what was decided on them stays. */
  routesDeleted: readonly string[]
  clientKeysSaved: readonly ClientKey[]
  /** Ids of client keys that were deleted. */
  clientKeysDeleted: readonly string[]
  apiKeysSaved: readonly ApiKey[]
  /** Ids of API keys that were deleted. */
  apiKeysDeleted: readonly string[]
  /** Null where nothing of alerts changes. */
  alerting: AlertingEntry | null
}

/** Everything a start needs. `recent` are each provider's last checks, oldest first, at most 60. */
export type RestoredState = {
  providers: readonly Provider[]
  settings: SettingsRecord | null
  /** The highest version of the settings on disk, readable or not; 0 when there is none. The next one is above it. */
  lastSettingsVersion?: number
  circuits: readonly StoredCircuit[]
  health: readonly StoredHealth[]
  recent: readonly CheckRecord[]
  routes: readonly Route[]
  clientKeys: readonly ClientKey[]
  apiKeys: readonly ApiKey[]
  decisionCounts: readonly DecisionCount[]
  alerting: RestoredAlerting
  /** What was wrong with stored rows that could not be read, in words; those rows were left out. */
  warnings: readonly string[]
}
