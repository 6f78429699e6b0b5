import type { AlertLabels } from './alert.ts'
import type { ConditionType } from './condition.ts'

/** What a provider that is down drags along of its own; what its probes cost and when an override ends is news still. */
export const SYMPTOMS_OF_DOWN: readonly ConditionType[] = [
  'provider_degraded',
  'circuit_opened',
  'circuit_flapping',
  'success_rate',
  'latency_p95',
  'burn_rate',
  'no_traffic',
]

/** What a fleet's outage explains. */
const OUTAGE: ReadonlySet<ConditionType> = new Set<ConditionType>([
  'provider_unhealthy',
  ...SYMPTOMS_OF_DOWN,
  'route_members',
])

/** Whether the alert says that something does not work, so that an outage of the fleet explains it. */
export const isOfOutage = ({ condition }: Pick<AlertLabels, 'condition'>): boolean => OUTAGE.has(condition)
