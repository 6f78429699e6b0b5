import type { Provider } from '#lib/domain/provider.ts'
import { emptyWindow } from '#lib/domain/window.ts'
import type {
  ActionRecord,
  CheckRecord,
  CircuitEventEntry,
  JournalEntry,
  RestoredState,
  SettingsRecord,
  StoredCircuit,
  StoredHealth,
  TransitionEntry,
} from '#lib/services/records.ts'
import type { NumberedCheck, WriteJob, WriteResult } from '../storage/write-job.ts'

const PRUNE_STEP = 500
const MOST_RECENT = 60

/** What a database holds. */
export type MemoryTables = {
  providers: Map<string, Provider>
  circuits: Map<string, StoredCircuit>
  health: Map<string, StoredHealth>
  transitions: Map<string, TransitionEntry>
  events: Map<string, CircuitEventEntry>
  actions: Map<string, ActionRecord>
  settings: Map<number, SettingsRecord>
  checks: Map<number, CheckRecord>
  nextCheckId: number
}

const circuitKey = ({ providerId, model }: StoredCircuit) =>
  model === null ? providerId : `${providerId}/${model}`

/** Tables that a start finds as in `restored`. */
export const memoryTables = (restored: Partial<RestoredState>): MemoryTables => ({
  providers: new Map(restored.providers?.map((provider) => [provider.id, provider])),
  circuits: new Map(restored.circuits?.map((circuit) => [circuitKey(circuit), circuit])),
  health: new Map(restored.health?.map((row) => [row.providerId, row])),
  transitions: new Map(),
  events: new Map(),
  actions: new Map(),
  settings: new Map(restored.settings ? [[restored.settings.version, restored.settings]] : []),
  checks: new Map(restored.recent?.map((check, index) => [index + 1, check])),
  nextCheckId: (restored.recent?.length ?? 0) + 1,
})

/** Does a journal's job on the tables. */
export function applyJob(tables: MemoryTables, job: WriteJob): WriteResult {
  switch (job.type) {
    case 'entries':
      for (const entry of structuredClone(job.entries)) applyEntry(tables, entry)
      return { more: false }
    case 'checks':
      for (const { id, check } of structuredClone(job.checks)) addCheck(tables, { id, check })
      return { more: false }
    case 'health':
      for (const row of structuredClone(job.rows)) {
        if (tables.providers.has(row.providerId)) tables.health.set(row.providerId, row)
      }
      return { more: false }
    case 'prune':
      return { more: prune(tables, job.before) }
  }
}

function addCheck(tables: MemoryTables, { id, check }: NumberedCheck) {
  if (!tables.checks.has(id)) tables.checks.set(id, check)
  tables.nextCheckId = Math.max(tables.nextCheckId, id + 1)
}

function applyEntry(tables: MemoryTables, entry: JournalEntry) {
  for (const provider of entry.providersSaved) {
    if (!tables.providers.has(provider.id)) forgetState(tables, provider.id)
    tables.providers.set(provider.id, provider)
  }
  for (const id of entry.providersReset) forgetState(tables, id)
  for (const stored of entry.circuits) tables.circuits.set(circuitKey(stored), withoutWindow(stored))
  for (const transition of entry.transitions) addOnce(tables.transitions, transition)
  for (const event of entry.events) addOnce(tables.events, event)
  for (const action of entry.actions) addOnce(tables.actions, action)
  for (const record of entry.settings) tables.settings.set(record.version, record)
  for (const id of entry.providersDeleted) {
    tables.providers.delete(id)
    forgetState(tables, id)
  }
}

function addOnce<Row extends { id: string }>(table: Map<string, Row>, row: Row) {
  if (!table.has(row.id)) table.set(row.id, row)
}

const withoutWindow = (stored: StoredCircuit): StoredCircuit => ({
  ...stored,
  circuit: { ...stored.circuit, window: emptyWindow, leases: [] },
})

function forgetState(tables: MemoryTables, providerId: string) {
  tables.health.delete(providerId)
  for (const [key, circuit] of tables.circuits) {
    if (circuit.providerId === providerId) tables.circuits.delete(key)
  }
}

function prune(tables: MemoryTables, before: number): boolean {
  const old = [...tables.checks].filter(([, { at }]) => at < before).slice(0, PRUNE_STEP)
  for (const [id] of old) tables.checks.delete(id)
  return old.length === PRUNE_STEP
}

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
