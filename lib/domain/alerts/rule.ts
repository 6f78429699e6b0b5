import type { AlertCondition, ConditionType } from './condition.ts'
import type { SubjectFacts } from './facts.ts'
import type { Severity } from './incident.ts'
import type { Subject } from './notification.ts'

/** Whom a rule is about; an empty list is nobody. */
export type RuleScope =
  | { type: 'all' }
  | { type: 'providers'; ids: readonly string[] }
  /** Providers that carry any of them. */
  | { type: 'tags'; tags: readonly string[] }
  /** Routes by id, and their traffic instead of the providers'. */
  | { type: 'routes'; ids: readonly string[] }

/**
 * What becomes of an alert when its subject has no data. `show`: nothing new fires, what fires goes on and is marked;
 * `fire`: as if it were bad; `ok`: as if it were good.
 */
export const NO_DATA_MODES = ['show', 'fire', 'ok'] as const
export type NoDataMode = (typeof NO_DATA_MODES)[number]

/** What somebody wants to be told of. */
export type Rule = {
  id: string
  name: string
  isEnabled: boolean
  severity: Severity
  scope: RuleScope
  condition: AlertCondition
  /** How long it must be bad, and through `FOR_EVALUATIONS` evaluations; 0 fires at the first. */
  forMs: number
  /** How long it must be good again, and in `KEEP_FIRING_ROUNDS` rounds of evaluation; 0 resolves at the first. */
  keepFiringMs: number
  runbookUrl: string | null
  noData: NoDataMode
}

/** Bad evaluations in a row before an alert fires, unless `forMs` is 0. */
export const FOR_EVALUATIONS = 2

/** Rounds of evaluation in a row that an alert must be good in before it resolves, unless `keepFiringMs` is 0. */
export const KEEP_FIRING_ROUNDS = 3

/** What a new rule has unless somebody says otherwise. */
export const RULE_DEFAULTS = {
  isEnabled: true,
  severity: 'warning',
  scope: { type: 'all' },
  forMs: 60_000,
  keepFiringMs: 120_000,
  runbookUrl: null,
  noData: 'show',
} as const satisfies Partial<Rule>

const FIXED_SUBJECT: { readonly [T in ConditionType]?: Subject['type'] } = {
  provider_unhealthy: 'provider',
  provider_degraded: 'provider',
  probe_cost: 'provider',
  circuit_opened: 'circuit',
  circuit_flapping: 'circuit',
  override_ending: 'circuit',
  route_members: 'route',
  monitor_impaired: 'monitor',
}

/** The kind of subject that a rule is about: what is measured in calls is a provider's or, when routes are named, a route's. */
export const subjectTypeOf = ({ condition, scope }: Pick<Rule, 'condition' | 'scope'>): Subject['type'] =>
  FIXED_SUBJECT[condition.type] ?? (scope.type === 'routes' ? 'route' : 'provider')

/** A test for whether facts of the rule's kind are within its scope; the monitor always is. */
export function scopeTest(scope: RuleScope): (facts: SubjectFacts) => boolean {
  if (scope.type === 'all') return () => true
  if (scope.type === 'tags') {
    const wanted = new Set(scope.tags)
    return (facts) => facts.type === 'monitor' || facts.tags.some((tag) => wanted.has(tag))
  }
  const ids = new Set(scope.ids)
  if (scope.type === 'routes')
    return (facts) => facts.type === 'monitor' || (facts.type === 'route' && ids.has(facts.subject.id))
  return (facts) => facts.type === 'monitor' || (facts.providerId !== null && ids.has(facts.providerId))
}
