import type { AlertLabels } from './alert.ts'
import type { AlertCondition } from './condition.ts'
import type {
  CircuitFacts,
  MonitorFacts,
  ProviderFacts,
  RouteFacts,
  SubjectFacts,
  WindowCounts,
  Windows,
} from './facts.ts'
import { RULE_DEFAULTS, type Rule } from './rule.ts'
import { subjectKeyOf } from './subject.ts'

/** A time to count from. */
export const T0 = 1_700_000_000_000

/** A rule with the defaults, about unhealthy providers unless told otherwise. */
export const aRule = (change: Partial<Rule> = {}): Rule => ({
  id: 'r1',
  name: 'Provider down',
  condition: { type: 'provider_unhealthy' },
  ...RULE_DEFAULTS,
  ...change,
})

/** A healthy provider. */
export const aProvider = (id: string, change: Partial<ProviderFacts> = {}): ProviderFacts => ({
  type: 'provider',
  key: `provider:${id}`,
  subject: { type: 'provider', id, name: id },
  providerId: id,
  tags: [],
  checkIntervalMs: 30_000,
  status: 'healthy',
  reason: 'all well',
  probeCost: null,
  ...change,
})

/** A provider after three failures. */
export const aDeadProvider = (id: string): ProviderFacts =>
  aProvider(id, { status: 'unhealthy', reason: '3 failures in a row: refused' })

/** A closed circuit of a provider, or of one of its models. */
export function aCircuit(id: string, model: string | null, change: Partial<CircuitFacts> = {}): CircuitFacts {
  const subject = { type: 'circuit', id, name: id, model } as const
  return {
    type: 'circuit',
    key: subjectKeyOf(subject),
    subject,
    providerId: id,
    tags: [],
    checkIntervalMs: 30_000,
    state: 'closed',
    lastError: null,
    openedAt: [],
    overrideUntil: null,
    ...change,
  }
}

/** A route with all of three members. */
export const aRoute = (id: string, change: Partial<RouteFacts> = {}): RouteFacts => ({
  type: 'route',
  key: `route:${id}`,
  subject: { type: 'route', id, name: id },
  providerId: null,
  tags: [],
  checkIntervalMs: null,
  members: 3,
  eligible: 3,
  ...change,
})

/** The monitor, well. */
export const aMonitor = (change: Partial<MonitorFacts> = {}): MonitorFacts => ({
  type: 'monitor',
  key: 'monitor',
  subject: { type: 'monitor' },
  providerId: null,
  tags: [],
  checkIntervalMs: null,
  isImpaired: false,
  isEgressDown: false,
  reason: null,
  ...change,
})

/** Counts that are the same for every subject: by the window's length, else null. */
export const windowsOf = (
  counts: Readonly<Record<number, WindowCounts>> = {},
  traffic: number | null = null,
): Windows => ({
  windowOf: (_key, windowMs) => counts[windowMs] ?? null,
  trafficIn: () => traffic,
})

/** The labels of a condition's alert about a provider. */
export const labelsFor = (
  providerId: string,
  condition: AlertCondition['type'] = 'provider_unhealthy',
  change: Partial<AlertLabels> = {},
): AlertLabels => ({
  ruleId: condition,
  ruleName: condition,
  severity: 'warning',
  condition,
  runbookUrl: null,
  subject: { type: 'provider', id: providerId, name: providerId },
  subjectKey: `provider:${providerId}`,
  providerId,
  tags: [],
  ...change,
})

/** How many of the subjects are providers. */
export const providersAmong = (subjects: readonly SubjectFacts[]): number =>
  subjects.filter(({ type }) => type === 'provider').length
