import { DEFAULT_CONDITIONS } from '#lib/domain/alerts/condition.ts'
import { RULE_DEFAULTS, type Rule } from '#lib/domain/alerts/rule.ts'
import { emptyEntry } from '../drive-circuit.ts'
import type { Storage } from '../ports.ts'
import type { RestoredState } from '../records.ts'
import { emptyAlerting, type RuleRecord } from './records.ts'

/** What a new installation is told of. */
export const FIRST_RULES: readonly Rule[] = [
  {
    ...RULE_DEFAULTS,
    id: 'first-provider-down',
    name: 'Provider down',
    severity: 'critical',
    condition: DEFAULT_CONDITIONS.provider_unhealthy,
    // As long as a success rate looks back: where checks are all there is, a provider that answers four of them in a
    // row may be one that fails half of its calls, or comes and goes.
    keepFiringMs: DEFAULT_CONDITIONS.success_rate.windowMs,
  },
  {
    ...RULE_DEFAULTS,
    id: 'first-circuit-open',
    name: 'Circuit open for 5 min',
    condition: DEFAULT_CONDITIONS.circuit_opened,
    forMs: 300_000,
  },
  {
    ...RULE_DEFAULTS,
    id: 'first-route-members',
    name: 'Route with one member or none',
    severity: 'critical',
    condition: DEFAULT_CONDITIONS.route_members,
  },
  {
    ...RULE_DEFAULTS,
    id: 'first-monitor-impaired',
    name: 'Switchyard impaired',
    severity: 'critical',
    condition: DEFAULT_CONDITIONS.monitor_impaired,
  },
  {
    ...RULE_DEFAULTS,
    id: 'first-override-ending',
    name: 'Override about to end',
    severity: 'info',
    condition: DEFAULT_CONDITIONS.override_ending,
  },
  {
    ...RULE_DEFAULTS,
    id: 'first-success-rate',
    name: 'Success rate under 90 %',
    // More calls than checks make in the window: two that failed by chance are no rate.
    condition: { ...DEFAULT_CONDITIONS.success_rate, below: 0.9, minSamples: 20 },
  },
]

/**
 * The storage of a new installation with its first rules, which are also written; any other as it is: who deleted all
 * rules does not get them back.
 */
export function withFirstRules<S extends Pick<Storage, 'restored' | 'journal'>>(storage: S, now: number): S {
  const { restored, journal } = storage
  if (!isNew(restored)) return storage
  const rules = FIRST_RULES.map((rule): RuleRecord => ({
    rule,
    channels: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
  }))
  // Before the first settings are committed, which end an installation's being new.
  void journal.commit({ ...emptyEntry, alerting: { ...emptyAlerting, rulesSaved: rules } })
  return { ...storage, restored: { ...restored, alerting: { ...restored.alerting, rules } } }
}

const isNew = ({ settings, lastSettingsVersion = 0, providers, alerting }: RestoredState): boolean =>
  settings === null && lastSettingsVersion === 0 && providers.length === 0 && alerting.rules.length === 0
