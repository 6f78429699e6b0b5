import type { CircuitState } from '../circuit.ts'
import type { HealthStatus } from '../health.ts'
import type { Subject } from './notification.ts'

/** Calls counted in a window that ends now. */
export type WindowCounts = {
  ok: number
  failed: number
  /** The successes' latency; null without any. */
  p95Ms: number | null
}

/** Where conditions look up counts. A window of a length that nobody keeps, or of an unknown subject, is null. */
export type Windows = {
  /** Checks and traffic together. */
  windowOf: (subjectKey: string, windowMs: number) => WindowCounts | null
  /** How many calls of real traffic there were. */
  trafficIn: (subjectKey: string, windowMs: number) => number | null
}

type FactsOf<T extends Subject['type']> = {
  type: T
  /** `subjectKeyOf(subject)`, made once. */
  key: string
  subject: Extract<Subject, { type: T }>
  /** The provider it belongs to; null for a route and the monitor. */
  providerId: string | null
  /** The provider's tags. */
  tags: readonly string[]
  /** How often the provider is checked; null for a route and the monitor. */
  checkIntervalMs: number | null
}

/** What a paid probe has cost since midnight UTC, and will have cost by the next if it goes on so. */
export type ProbeCost = { budgetUsd: number; spentUsd: number; projectedUsd: number | null }

export type ProviderFacts = FactsOf<'provider'> & {
  status: HealthStatus
  /** One line: "3 failures in a row: connect refused". */
  reason: string
  /** Null where no budget was set. */
  probeCost: ProbeCost | null
}

export type CircuitFacts = FactsOf<'circuit'> & {
  state: CircuitState
  lastError: string | null
  /** When it opened, oldest first, as far back as the longest window of a rule. */
  openedAt: readonly number[]
  /** When the override laid over it ends; null without one. */
  overrideUntil: number | null
}

export type RouteFacts = FactsOf<'route'> & { members: number; eligible: number }

export type MonitorFacts = FactsOf<'monitor'> & {
  isImpaired: boolean
  /** Our own network looks dead: the canary cannot be reached. */
  isEgressDown: boolean
  /** What is wrong, in words. */
  reason: string | null
}

/** The plain facts about one subject at one time. */
export type SubjectFacts = ProviderFacts | CircuitFacts | RouteFacts | MonitorFacts

/** What is the same for all subjects of one evaluation. `now` is epoch ms. */
export type EvaluationContext = { now: number; windows: Windows }
