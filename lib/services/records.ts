import type { Settings } from '#lib/contract/settings.ts'
import type { Circuit, CircuitEvent, Transition } from '#lib/domain/circuit.ts'
import type { HealthAverages } from '#lib/domain/health.ts'
import type { ErrorKind, OutcomeClass, OutcomeSource, Phases } from '#lib/domain/outcome.ts'
import type { Provider } from '#lib/domain/provider.ts'

/** Why a due check was not run. */
export type SkipReason = 'budget_spent' | 'traffic_proves' | 'prices_missing'

/** One run of a probe or one reported attempt, as history keeps it. `class` is null when `skipped` says why. */
export type CheckRecord = {
  providerId: string
  model: string | null
  source: OutcomeSource
  /** The end of the call, epoch ms. */
  at: number
  class: OutcomeClass | null
  latencyMs: number | null
  phases: Phases | null
  httpStatus: number | null
  kind: ErrorKind | null
  message: string | null
  skipped: SkipReason | null
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

/** What an operator did. `before` and `after` hold no secrets. */
export type ActionRecord = {
  id: string
  at: number
  actor: string
  action: string
  providerId: string | null
  model: string | null
  summary: string
  reason: string | null
  before: unknown
  after: unknown
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
  actions: readonly ActionRecord[]
  settings: readonly SettingsRecord[]
  providersSaved: readonly Provider[]
  /** Ids of providers that were deleted; their history stays. Their circuits and averages go. */
  providersDeleted: readonly string[]
  /** Ids of providers whose circuits and averages start anew (base URL, kind or key changed). */
  providersReset: readonly string[]
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
  /** What was wrong with stored rows that could not be read, in words; those rows were left out. */
  warnings: readonly string[]
}
