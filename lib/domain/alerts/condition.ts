const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** One pair of windows of a burn-rate rule: both must burn at least `factor` times as fast as the objective allows. */
export type BurnWindow = { factor: number; longMs: number; shortMs: number }

/** What a rule looks for. Rates and shares are 0–1, money US dollars. */
export type AlertCondition =
  | { type: 'provider_unhealthy' }
  /** At least degraded: an unhealthy provider is too. */
  | { type: 'provider_degraded' }
  /** Open, or half-open and so not back yet. */
  | { type: 'circuit_opened' }
  | { type: 'circuit_flapping'; openings: number; windowMs: number }
  | { type: 'success_rate'; below: number; windowMs: number; minSamples: number }
  | { type: 'latency_p95'; aboveMs: number; windowMs: number; minSamples: number }
  | { type: 'burn_rate'; objective: number; windows: readonly BurnWindow[]; minSamples: number }
  | { type: 'route_members'; atMost: number }
  | { type: 'no_traffic'; windowMs: number }
  | { type: 'probe_cost'; share: number; of: 'spent' | 'projected' }
  | { type: 'override_ending'; withinMs: number }
  | { type: 'monitor_impaired' }
export type ConditionType = AlertCondition['type']

/**
 * Each condition with the parameters it has unless somebody sets others. The burn rates are those of the Site
 * Reliability Workbook, chapter 5, table 5-8: 14.4 spends 2 % of a month's budget in an hour, 6 spends 5 % in six.
 */
export const DEFAULT_CONDITIONS: { readonly [T in ConditionType]: Extract<AlertCondition, { type: T }> } = {
  provider_unhealthy: { type: 'provider_unhealthy' },
  provider_degraded: { type: 'provider_degraded' },
  circuit_opened: { type: 'circuit_opened' },
  circuit_flapping: { type: 'circuit_flapping', openings: 3, windowMs: 15 * MINUTE_MS },
  success_rate: { type: 'success_rate', below: 0.95, windowMs: 5 * MINUTE_MS, minSamples: 10 },
  latency_p95: { type: 'latency_p95', aboveMs: 3_000, windowMs: 5 * MINUTE_MS, minSamples: 10 },
  burn_rate: {
    type: 'burn_rate',
    objective: 0.999,
    windows: [
      { factor: 14.4, longMs: HOUR_MS, shortMs: 5 * MINUTE_MS },
      { factor: 6, longMs: 6 * HOUR_MS, shortMs: 30 * MINUTE_MS },
    ],
    minSamples: 10,
  },
  route_members: { type: 'route_members', atMost: 1 },
  no_traffic: { type: 'no_traffic', windowMs: 10 * MINUTE_MS },
  probe_cost: { type: 'probe_cost', share: 1, of: 'projected' },
  override_ending: { type: 'override_ending', withinMs: 15 * MINUTE_MS },
  monitor_impaired: { type: 'monitor_impaired' },
}

/** The names of all conditions, in the order of the catalogue. */
export const CONDITION_TYPES = Object.keys(DEFAULT_CONDITIONS) as readonly ConditionType[]
