import type { AlertConditionInput } from '#lib/contract/alert-condition.ts'
import type { RuleConfig } from '#lib/contract/alert-rule.ts'
import { type ConditionType, DEFAULT_CONDITIONS } from '#lib/domain/alerts/condition.ts'
import type { Severity } from '#lib/domain/alerts/incident.ts'
import { type NoDataMode, type RuleScope, subjectTypeOf } from '#lib/domain/alerts/rule.ts'
import { formatPercent, plural } from './format.ts'
import { nameList } from './name-list.ts'

/** How a condition is called, what it is for, and how grave it is unless somebody says otherwise. */
export const CONDITION_FACTS: Record<ConditionType, { label: string; note: string; severity: Severity }> = {
  provider_unhealthy: {
    label: 'Provider down',
    note: 'Checks say that a provider is unhealthy',
    severity: 'critical',
  },
  provider_degraded: {
    label: 'Provider degraded',
    note: 'A provider answers, but slowly or not always',
    severity: 'warning',
  },
  circuit_opened: {
    label: 'Circuit open',
    note: 'A circuit keeps traffic away, or only tries whether it may come back',
    severity: 'critical',
  },
  circuit_flapping: {
    label: 'Circuit flapping',
    note: 'A circuit opens again and again',
    severity: 'warning',
  },
  success_rate: {
    label: 'Success rate',
    note: 'Too many calls fail within a window',
    severity: 'critical',
  },
  latency_p95: { label: 'Latency', note: 'The slowest calls of a window take too long', severity: 'warning' },
  burn_rate: {
    label: 'Error budget burn',
    note: 'Failures use up a month’s budget too fast, in a long and in a short window',
    severity: 'critical',
  },
  route_members: {
    label: 'Route with few members',
    note: 'One more failure and a route has nobody to serve it',
    severity: 'critical',
  },
  no_traffic: { label: 'No traffic', note: 'Calls have stopped coming', severity: 'warning' },
  probe_cost: {
    label: 'Cost of checks',
    note: 'Checks cost more than their budget of the day',
    severity: 'warning',
  },
  override_ending: {
    label: 'Override ending',
    note: 'What somebody forced is about to end by itself',
    severity: 'info',
  },
  monitor_impaired: {
    label: 'Monitor impaired',
    note: 'Switchyard itself cannot see properly',
    severity: 'critical',
  },
}

type Input<T extends ConditionType> = Extract<AlertConditionInput, { type: T }>
type Words = { readonly [T in ConditionType]: (condition: Input<T>) => string }

const WORDS: Words = {
  provider_unhealthy: () => 'a provider is unhealthy',
  provider_degraded: () => 'a provider is degraded or unhealthy',
  circuit_opened: () => 'a circuit is open or half-open',
  circuit_flapping: ({ openings, window }) => `a circuit opens ${openings} times within ${window}`,
  success_rate: ({ below, window, minSamples }) =>
    `less than ${formatPercent(below)} of calls succeed within ${window}, of ${minSamples} or more`,
  latency_p95: ({ above, window, minSamples }) =>
    `p95 is above ${above} within ${window}, of ${plural(minSamples, 'call')} or more`,
  burn_rate: ({ objective, windows }) =>
    `the budget of ${formatPercent(objective)} burns ${windows
      .map(({ factor, long, short }) => `${factor} × as fast over ${long} and ${short}`)
      .join(', or ')}`,
  route_members: ({ atMost }) =>
    `a route has ${plural(atMost, 'eligible member')}${atMost === 0 ? '' : ' or fewer'}`,
  no_traffic: ({ window }) => `nothing calls for ${window}`,
  probe_cost: ({ share, of }) =>
    `checks ${of === 'spent' ? 'have cost' : 'will cost'} ${formatPercent(share)} of the day’s budget or more`,
  override_ending: ({ within }) => `an override ends within ${within}`,
  monitor_impaired: () => 'the monitor itself is impaired',
}

/** What a rule looks for, as the rest of a sentence that begins with "When". */
export function ruleConditionWords<T extends ConditionType>(condition: Input<T> & { type: T }): string {
  // The table pairs each type with its own words, which an index by it cannot follow.
  const words = WORDS[condition.type] as unknown as (condition: Input<T>) => string
  return words(condition)
}

/** Names of providers and routes by id; what has none is called by its id. */
export type NameOf = (id: string) => string

/** Whom a rule is about, in words. */
export function scopeWords(
  { scope, condition }: Pick<RuleConfig, 'scope' | 'condition'>,
  nameOf: NameOf,
): string {
  if (condition.type === 'monitor_impaired') return 'Switchyard itself'
  if (scope.type === 'tags') return `providers tagged ${nameList(scope.tags)}`
  if (scope.type === 'providers') return nameList(scope.ids.map(nameOf))
  if (scope.type === 'routes') return `${scope.ids.length === 1 ? 'route' : 'routes'} ${nameList(scope.ids)}`
  return condition.type === 'route_members' ? 'every route' : 'every provider'
}

/** Who is told, in words. */
export function toldWords(channels: readonly string[] | null, nameOf: NameOf): string {
  if (channels === null) return 'all channels'
  return channels.length === 0 ? 'nobody' : nameList(channels.map(nameOf))
}

/** The scopes that can name what a condition is about. */
export function scopesFor(type: ConditionType): RuleScope['type'][] {
  const condition = DEFAULT_CONDITIONS[type]
  const subject = subjectTypeOf({ condition, scope: { type: 'all' } })
  if (subject === 'monitor') return ['all']
  if (subject === 'route') return ['all', 'routes']
  const mayBeRoutes = subjectTypeOf({ condition, scope: { type: 'routes', ids: [] } }) === 'route'
  return ['all', 'providers', 'tags', ...(mayBeRoutes ? (['routes'] as const) : [])]
}

/** What becomes of an alert while nothing is known. */
export const NO_DATA_WORDS: Record<NoDataMode, { label: string; note: string }> = {
  show: { label: 'Show', note: 'Nothing new fires; what fires goes on' },
  fire: { label: 'Fire', note: 'As if it were bad' },
  ok: { label: 'Good', note: 'As if it were good' },
}

/** How grave, in words. */
export const SEVERITY_WORDS: Record<Severity, string> = {
  critical: 'Critical',
  warning: 'Warning',
  info: 'Info',
}
