import { type AuditEntryView, entityText } from '#lib/contract/audit.ts'
import type { Check } from '#lib/contract/check.ts'
import type { FleetEventRecord } from '#lib/contract/circuit.ts'
import type { ExportedBucket } from '#lib/contract/export.ts'
import { OUTCOME_CLASSES } from '#lib/domain/outcome.ts'
import type { Column } from './csv.ts'

/** A check as a line of a table. */
export const CHECK_COLUMNS: readonly Column<Check>[] = [
  ['id', ({ id }) => id],
  ['at', ({ at }) => at],
  ['providerId', ({ providerId }) => providerId],
  ['model', ({ model }) => model],
  ['source', ({ source }) => source],
  ['class', (check) => check.class],
  ['count', ({ count }) => count],
  ['latencyMs', ({ latencyMs }) => latencyMs],
  ['dnsMs', ({ phases }) => phases?.dnsMs ?? null],
  ['connectMs', ({ phases }) => phases?.connectMs ?? null],
  ['tlsMs', ({ phases }) => phases?.tlsMs ?? null],
  ['firstByteMs', ({ phases }) => phases?.firstByteMs ?? null],
  ['httpStatus', ({ httpStatus }) => httpStatus],
  ['kind', ({ kind }) => kind],
  ['error', ({ error }) => error],
  ['skipped', ({ skipped }) => skipped],
]

/** A bucket as a line of a table, with a column for each outcome class. */
export const BUCKET_COLUMNS: readonly Column<ExportedBucket>[] = [
  ['at', ({ at }) => at],
  ['providerId', ({ providerId }) => providerId],
  ['resolutionMs', ({ resolutionMs }) => resolutionMs],
  ['count', ({ count }) => count],
  ...OUTCOME_CLASSES.map((name): Column<ExportedBucket> => [name, ({ byClass }) => byClass[name] ?? 0]),
  ['slow', ({ slow }) => slow],
  ['successRate', ({ successRate }) => successRate],
  ...(['p50', 'p95', 'p99', 'avg', 'max'] as const).map((name): Column<ExportedBucket> => [
    `${name}Ms`,
    ({ latency }) => latency?.[name] ?? null,
  ]),
]

const jsonText = (value: AuditEntryView['before']) => (value === null ? null : JSON.stringify(value))

/** An entry of the audit as a line of a table. */
export const AUDIT_COLUMNS: readonly Column<AuditEntryView>[] = [
  ['number', ({ number }) => number],
  ['at', ({ at }) => at],
  ['actor', ({ actor }) => actor],
  ['actorId', ({ actorId }) => actorId],
  ['address', ({ address }) => address],
  ['action', ({ action }) => action],
  ['entity', ({ entity }) => entity && entityText(entity)],
  ['providerId', ({ providerId }) => providerId],
  ['model', ({ model }) => model],
  ['outcome', ({ outcome }) => outcome],
  ['summary', ({ summary }) => summary],
  ['reason', ({ reason }) => reason],
  ['before', ({ before }) => jsonText(before)],
  ['after', ({ after }) => jsonText(after)],
  ['requestId', ({ requestId }) => requestId],
  ['id', ({ id }) => id],
  ['previousHash', ({ previousHash }) => previousHash],
  ['hash', ({ hash }) => hash],
]

type Told = Exclude<FleetEventRecord, { kind: 'action' | 'marker' }>

const ofTransition = (event: FleetEventRecord) => (event.kind === 'transition' ? event : null)

/** What happened to a circuit as a line of a table; what a kind does not have is empty. */
export const TRANSITION_COLUMNS: readonly Column<Told>[] = [
  ['id', ({ id }) => id],
  ['at', ({ at }) => at],
  ['providerId', ({ providerId }) => providerId],
  ['model', ({ model }) => model],
  ['kind', ({ kind }) => kind],
  ['from', (event) => ofTransition(event)?.from ?? null],
  ['to', (event) => ofTransition(event)?.to ?? null],
  ['cause', (event) => ofTransition(event)?.cause ?? null],
  ['calls', (event) => ofTransition(event)?.evidence.calls ?? null],
  ['failures', (event) => ofTransition(event)?.evidence.failures ?? null],
  ['slow', (event) => ofTransition(event)?.evidence.slow ?? null],
  ['consecutiveFailures', (event) => ofTransition(event)?.evidence.consecutiveFailures ?? null],
  ['lastErrors', (event) => ofTransition(event)?.evidence.lastErrors.join('; ') ?? null],
  ['override', (event) => (event.kind === 'override' ? event.override.mode : null)],
  ['phase', (event) => (event.kind === 'override' ? event.phase : null)],
  ['until', untilOf],
  ['actor', (event) => (event.kind === 'cooling' ? null : event.actor)],
  ['reason', ({ reason }) => reason],
]

function untilOf(event: Told): string | null {
  switch (event.kind) {
    case 'transition':
      return event.retryAt
    case 'override':
      return event.override.until
    case 'cooling':
      return event.until
  }
}

/** Whether it is one of the kinds that `TRANSITION_COLUMNS` tells. */
export const isTold = (event: FleetEventRecord): event is Told =>
  event.kind !== 'action' && event.kind !== 'marker'
