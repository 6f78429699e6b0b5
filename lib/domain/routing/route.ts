/** How a route picks among its eligible members. */
export const STRATEGY_TYPES = [
  'single',
  'load-balance',
  'failover',
  'ab-test',
  'geographic',
  'cost',
  'conditional',
  'adaptive',
] as const
export type StrategyType = (typeof STRATEGY_TYPES)[number]

export const BALANCE_ALGORITHMS = ['weighted', 'round-robin', 'least-busy', 'latency'] as const
export type BalanceAlgorithm = (typeof BALANCE_ALGORITHMS)[number]

export const STICKY_KEYS = ['user', 'session', 'none'] as const
export type StickyKey = (typeof STICKY_KEYS)[number]

/** When `failover` leaves the member it would have taken for the next one. */
export type FailoverPolicy =
  | { type: 'immediate' }
  | { type: 'threshold'; failures: number }
  | { type: 'latency'; p95Ms: number }
  | { type: 'cost' }

/** One arm of an A/B test; the percentages of all arms add up to 100. */
export type Variant = { name: string; percent: number; providerIds: readonly string[] }

/** A text that a header or a metadata value must equal, or a regular expression that it must match. */
export type TextTest = { equals: string } | { matches: string }

/** What a request must be for a rule to apply: all that is set must hold. */
export type Condition = {
  model?: string
  modelPrefix?: string
  region?: string
  minRequestBytes?: number
  minTokens?: number
  /** Local times of day in an IANA zone, `from` included, `to` excluded; it may run over midnight. */
  time?: { from: string; to: string; zone: string }
  header?: { name: string } & TextTest
  metadata?: { key: string } & TextTest
  user?: string
}

export type ConditionalRule = { name: string; when: Condition; use: Strategy }

export type Strategy =
  | { type: 'single'; providerId: string }
  | { type: 'load-balance'; algorithm: BalanceAlgorithm }
  | { type: 'failover'; policy: FailoverPolicy }
  | { type: 'ab-test'; stickyBy: StickyKey; variants: readonly Variant[] }
  | { type: 'geographic' }
  | { type: 'cost'; maxLatencyMs: number | null; minSuccessRate: number | null }
  | { type: 'conditional'; rules: readonly ConditionalRule[]; otherwise: Strategy }
  | {
      type: 'adaptive'
      weights: { success: number; latency: number; cost: number }
      /** The share of requests, 0..1, that go to any eligible member alike, so that none is forgotten. */
      exploration: number
    }

/** A provider's part in a route. Null weight and priority take the provider's own. */
export type Member = {
  providerId: string
  /** The model's name there; null: the requested model, through the provider's aliases. */
  model: string | null
  weight: number | null
  /** Lower comes first. */
  priority: number | null
}

/** A route's own limits; null takes the settings'. */
export type RouteLimits = {
  maxAttempts: number | null
  /** The whole request, all attempts together. */
  timeoutMs: number | null
  firstTokenTimeoutMs: number | null
  stallTimeoutMs: number | null
}

/** A named rule that matches requests by model and picks among its members; no provider is a member twice. */
export type Route = {
  name: string
  /** Model names, or prefixes that end in `*`. */
  models: readonly string[]
  members: readonly Member[]
  strategy: Strategy
  limits: RouteLimits
  version: number
  createdAt: number
  updatedAt: number
}
