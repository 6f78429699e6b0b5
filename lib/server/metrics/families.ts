import { ALERT_FAMILIES } from '#lib/services/metrics/alert-families.ts'
import { CIRCUIT_FAMILIES } from '#lib/services/metrics/circuit-families.ts'
import { type Family, readFrom } from '#lib/services/metrics/family.ts'
import { JOURNAL_FAMILIES } from '#lib/services/metrics/journal-families.ts'
import { OUTCOME_FAMILIES } from '#lib/services/metrics/outcome-families.ts'
import { PROVIDER_FAMILIES } from '#lib/services/metrics/provider-families.ts'
import { ROUTE_FAMILIES } from '#lib/services/metrics/route-families.ts'
import type { Runtime } from '../runtime.ts'
import { GATEWAY_FAMILIES } from './gateway-families.ts'
import { PROCESS_FAMILIES } from './process-families.ts'

/** All that is told to a monitoring system, in this order. What is to be told besides gets a file and a line here. */
export const FAMILIES: readonly Family<Runtime>[] = [
  ...[
    ...PROVIDER_FAMILIES,
    ...CIRCUIT_FAMILIES,
    ...OUTCOME_FAMILIES,
    ...ROUTE_FAMILIES,
    ...GATEWAY_FAMILIES,
    ...ALERT_FAMILIES,
  ].map((family) => readFrom(family, ({ engine }: Runtime) => engine)),
  ...JOURNAL_FAMILIES.map((family) =>
    readFrom(family, ({ engine, auditCounts }: Runtime) => ({ journal: engine.journal, auditCounts })),
  ),
  ...PROCESS_FAMILIES,
]
