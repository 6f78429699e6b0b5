import type { Provider } from '#lib/domain/provider.ts'
import type { Route } from '#lib/domain/routing/route.ts'
import type { Tally } from '#lib/domain/tally.ts'
import type {
  CheckRecord,
  CircuitEventEntry,
  ApiKey,
  ClientKey,
  DecisionCount,
  KeptDecision,
  MarkerRecord,
  OutcomePart,
  RestoredState,
  SettingsRecord,
  StoredCircuit,
  StoredHealth,
  TransitionEntry,
} from '#lib/services/records.ts'
import { type AlertingTables, alertingTables, restoredAlerting } from './memory-alerting.ts'
import type { AuditRow } from '../storage/audit-chain.ts'

const MOST_RECENT = 60

/** What the checks of a minute came to. */
export type MinuteRollup = Pick<CheckRecord, 'providerId' | 'source' | 'model' | 'at'> & { tally: Tally }

/** What a database holds. */
export type MemoryTables = {
  providers: Map<string, Provider>
  circuits: Map<string, StoredCircuit>
  health: Map<string, StoredHealth>
  transitions: Map<string, TransitionEntry>
  events: Map<string, CircuitEventEntry>
  /** In the order of their numbers. */
  audit: AuditRow[]
  markers: Map<string, MarkerRecord>
  settings: Map<number, SettingsRecord>
  checks: Map<number, CheckRecord>
  nextCheckId: number
  /** Checks that ended before this are added up, and may be forgotten; epoch ms. */
  rolledBefore: number
  /** Above which latency each provider's success is slow. */
  slowMs: Readonly<Record<string, number>>
  /** Checks that were forgotten, added up by minute, source and model. */
  rollups: Map<string, MinuteRollup>
  keptFailures: Map<number, CheckRecord>
  routes: Map<string, Route>
  clientKeys: Map<string, ClientKey>
  apiKeys: Map<string, ApiKey>
  decisions: Map<string, KeptDecision>
  decisionCounts: Map<string, DecisionCount>
  /** Recorded outcomes; they are never packed into blocks here. */
  alerting: AlertingTables
  parts: Map<number, OutcomePart>
  nextPartId: number
}

/** The key of a circuit's row. */
export const circuitKey = ({ providerId, model }: StoredCircuit) =>
  model === null ? providerId : `${providerId}/${model}`

/** The key of a count's row. */
export const countKey = ({ route, providerId, reasonCode }: DecisionCount) =>
  JSON.stringify([route, providerId ?? '', reasonCode])

/** Tables that a start finds as in `restored`. */
export const memoryTables = (restored: Partial<RestoredState>): MemoryTables => ({
  providers: keyed(restored.providers, ({ id }) => id),
  circuits: keyed(restored.circuits, circuitKey),
  health: keyed(restored.health, ({ providerId }) => providerId),
  transitions: new Map(),
  events: new Map(),
  audit: [],
  markers: new Map(),
  settings: new Map(restored.settings ? [[restored.settings.version, restored.settings]] : []),
  checks: new Map(restored.recent?.map((check, index) => [index + 1, check])),
  rolledBefore: 0,
  slowMs: {},
  rollups: new Map(),
  keptFailures: new Map(),
  nextCheckId: (restored.recent?.length ?? 0) + 1,
  routes: keyed(restored.routes, ({ name }) => name),
  clientKeys: keyed(restored.clientKeys, ({ id }) => id),
  apiKeys: keyed(restored.apiKeys, ({ id }) => id),
  decisions: new Map(),
  decisionCounts: keyed(restored.decisionCounts, countKey),
  alerting: alertingTables(restored.alerting),
  parts: new Map(),
  nextPartId: 1,
})

const keyed = <Row>(rows: readonly Row[] = [], keyOf: (row: Row) => string) =>
  new Map(rows.map((row) => [keyOf(row), row]))

/** What a start on these tables finds. */
export function restoredFrom(tables: MemoryTables): RestoredState {
  const lastSettingsVersion = Math.max(0, ...tables.settings.keys())
  return structuredClone({
    providers: byText([...tables.providers.values()], ({ id }) => id),
    settings: tables.settings.get(lastSettingsVersion) ?? null,
    lastSettingsVersion,
    circuits: byText([...tables.circuits.values()], circuitKey).filter(({ providerId }) =>
      tables.providers.has(providerId),
    ),
    health: byText([...tables.health.values()], ({ providerId }) => providerId),
    recent: recentChecks(tables),
    routes: byText([...tables.routes.values()], ({ name }) => name),
    clientKeys: byText([...tables.clientKeys.values()], ({ id }) => id),
    apiKeys: byText([...tables.apiKeys.values()], ({ id }) => id),
    decisionCounts: byText([...tables.decisionCounts.values()], countKey),
    alerting: restoredAlerting(tables.alerting),
    warnings: [],
  })
}

const byText = <Row>(rows: Row[], text: (row: Row) => string) =>
  rows.toSorted((a, b) => (text(a) < text(b) ? -1 : 1))

function recentChecks({ providers, checks }: MemoryTables): CheckRecord[] {
  const active = [...checks.values()]
    .filter(({ source }) => source === 'active')
    .toSorted((a, b) => a.at - b.at)
  return [...providers.keys()]
    .flatMap((id) => active.filter(({ providerId }) => providerId === id).slice(-MOST_RECENT))
    .toSorted((a, b) => a.at - b.at)
}
