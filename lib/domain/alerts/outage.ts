import type { AlertLabels } from './alert.ts'
import type { ConditionType } from './condition.ts'

/** What a fleet's outage explains; what probes cost and when an override ends it does not. */
const OUTAGE: ReadonlySet<ConditionType> = new Set<ConditionType>([
  'provider_unhealthy',
  'provider_degraded',
  'circuit_opened',
  'circuit_flapping',
  'success_rate',
  'latency_p95',
  'burn_rate',
  'no_traffic',
  'route_members',
])

/** Whether the alert says that something does not work, so that an outage of the fleet explains it. */
export const isOfOutage = ({ condition }: Pick<AlertLabels, 'condition'>): boolean => OUTAGE.has(condition)
