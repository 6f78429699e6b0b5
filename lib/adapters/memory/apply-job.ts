import type { AuditRecord } from '#lib/domain/audit.ts'
import { GRACE_MS, stretchAt, TIERS } from '#lib/domain/history-tiers.ts'
import { emptyWindow } from '#lib/domain/window.ts'
import type { JournalEntry, KeptDecision, StoredCircuit, StoredHealth } from '#lib/services/records.ts'
import { chainedRow, EMPTY_CHAIN } from '../storage/audit-chain.ts'
import type { NumberedCheck, NumberedPart, RollupTask, WriteJob, WriteResult } from '../storage/write-job.ts'
import { applyAlerting } from './memory-alerting.ts'
import { circuitKey, countKey, type MemoryTables } from './memory-tables.ts'
import { prune } from './memory-prune.ts'

const DONE: WriteResult = { more: false }

/** Does a journal's job on the tables. */
export function applyJob(tables: MemoryTables, given: WriteJob): WriteResult {
  // What is on a disk does not change with the object it was made of.
  const job = structuredClone(given)
  if (isOfHistory(job)) return applyHistoryJob(tables, job)
  switch (job.type) {
    case 'entries':
      for (const entry of job.entries) applyEntry(tables, entry)
      return DONE
    case 'checks':
      addChecks(tables, job.checks)
      return DONE
    case 'health':
      saveHealth(tables, job.rows)
      return DONE
    case 'decisions':
      addDecisions(tables, job.decisions)
      return DONE
    case 'counts':
      for (const count of job.counts) tables.decisionCounts.set(countKey(count), count)
      return DONE
  }
}

type HistoryJob = Extract<WriteJob, { type: 'outcomes' | 'pack' | 'rollup' | 'prune' }>

const isOfHistory = (job: WriteJob): job is HistoryJob =>
  job.type === 'outcomes' || job.type === 'pack' || job.type === 'rollup' || job.type === 'prune'

function applyHistoryJob(tables: MemoryTables, job: HistoryJob): WriteResult {
  switch (job.type) {
    case 'outcomes':
      addParts(tables, job.parts)
      return DONE
    case 'pack':
      for (const [id, { to }] of tables.parts) if (to < job.keptFrom) tables.parts.delete(id)
      return DONE
    case 'rollup':
      rollUp(tables, job)
      return DONE
    case 'prune':
      return { more: prune(tables, job.before) }
  }
}

function addParts(tables: MemoryTables, parts: readonly NumberedPart[]) {
  for (const { id, part } of parts) {
    if (!tables.parts.has(id)) tables.parts.set(id, part)
    tables.nextPartId = Math.max(tables.nextPartId, id + 1)
  }
}

/** Nothing is added up before it is forgotten: the reader adds up what it is asked for. */
function rollUp(tables: MemoryTables, { now, slowMs }: RollupTask) {
  tables.slowMs = slowMs
  const due = stretchAt(now - GRACE_MS, TIERS[0].widthMs)
  tables.rolledBefore = Math.max(tables.rolledBefore, due)
}

function addChecks(tables: MemoryTables, checks: readonly NumberedCheck[]) {
  for (const { id, check } of checks) {
    if (!tables.checks.has(id)) tables.checks.set(id, check)
    tables.nextCheckId = Math.max(tables.nextCheckId, id + 1)
  }
}

function saveHealth(tables: MemoryTables, rows: readonly StoredHealth[]) {
  for (const row of rows) if (tables.providers.has(row.providerId)) tables.health.set(row.providerId, row)
}

function addDecisions(tables: MemoryTables, decisions: readonly KeptDecision[]) {
  for (const kept of decisions) {
    if (!tables.decisions.has(kept.decision.id)) tables.decisions.set(kept.decision.id, kept)
  }
}

function applyEntry(tables: MemoryTables, entry: JournalEntry) {
  saveProviders(tables, entry)
  for (const stored of entry.circuits) tables.circuits.set(circuitKey(stored), withoutWindow(stored))
  for (const transition of entry.transitions) addOnce(tables.transitions, transition)
  for (const event of entry.events) addOnce(tables.events, event)
  addAudit(tables, entry.audit)
  for (const marker of entry.markers) addOnce(tables.markers, marker)
  for (const record of entry.settings) tables.settings.set(record.version, record)
  for (const id of entry.providersDeleted) {
    tables.providers.delete(id)
    forgetState(tables, id)
  }
  saveRouting(tables, entry)
}

function addAudit({ audit }: MemoryTables, records: readonly AuditRecord[]) {
  for (const record of records) {
    if (audit.some(({ id }) => id === record.id)) continue
    const last = audit.at(-1)
    const head = last === undefined ? EMPTY_CHAIN : { number: audit.length, hash: String(last.hash) }
    audit.push(chainedRow(head, record))
  }
}

function saveProviders(tables: MemoryTables, entry: JournalEntry) {
  for (const provider of entry.providersSaved) {
    if (!tables.providers.has(provider.id)) forgetState(tables, provider.id)
    tables.providers.set(provider.id, provider)
  }
  for (const id of entry.providersReset) forgetState(tables, id)
}

function saveRouting(tables: MemoryTables, entry: JournalEntry) {
  for (const route of entry.routesSaved) tables.routes.set(route.name, route)
  for (const name of entry.routesDeleted) tables.routes.delete(name)
  for (const key of entry.clientKeysSaved) tables.clientKeys.set(key.id, key)
  for (const id of entry.clientKeysDeleted) tables.clientKeys.delete(id)
  for (const key of entry.apiKeysSaved) tables.apiKeys.set(key.id, key)
  for (const id of entry.apiKeysDeleted) tables.apiKeys.delete(id)
  if (entry.alerting !== null) applyAlerting(tables.alerting, entry.alerting)
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
