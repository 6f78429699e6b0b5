import { z } from 'zod'
import { AUDIT_OUTCOMES, type AuditRecord, concernsFleet, ENTITY_TYPES } from '#lib/domain/audit.ts'
import type { AuditEntry } from '#lib/services/records.ts'
import { sha256 } from '../secrets/sha256.ts'

/** What is hashed of an entry, in this order: every column but the hash itself. */
export const HASHED_COLUMNS = [
  'number',
  'id',
  'at',
  'actor',
  'actor_id',
  'address',
  'request_id',
  'action',
  'entity_type',
  'entity_id',
  'provider_id',
  'model',
  'outcome',
  'of_fleet',
  'summary',
  'reason',
  'before',
  'after',
  'previous_hash',
] as const
export const AUDIT_COLUMNS = [...HASHED_COLUMNS, 'hash'] as const

type AuditCell = string | number | null
/** An entry as its row holds it: texts, whole numbers and nothing. */
export type AuditRow = Record<(typeof AUDIT_COLUMNS)[number], AuditCell>

/** Where the chain ends. */
export type AuditHead = { number: number; hash: string }
/** The end of a chain without entries. */
export const EMPTY_CHAIN: AuditHead = { number: 0, hash: '' }

/** What the row's hash must be: a list of its cells in their order has one way to be written as JSON. */
export const hashOfRow = (row: Readonly<Record<string, unknown>>): string =>
  sha256(JSON.stringify(HASHED_COLUMNS.map((column) => row[column])))

/** The row of the record that follows `head`. */
export function chainedRow(head: AuditHead, record: AuditRecord): AuditRow {
  const row: AuditRow = {
    number: head.number + 1,
    id: record.id,
    at: Math.round(record.at),
    actor: keepable(record.actor),
    actor_id: keepable(record.actorId),
    address: keepable(record.address),
    request_id: keepable(record.requestId),
    action: keepable(record.action),
    entity_type: record.entity?.type ?? null,
    entity_id: keepable(record.entity?.id ?? null),
    provider_id: keepable(record.providerId),
    model: keepable(record.model),
    outcome: record.outcome,
    of_fleet: concernsFleet(record) ? 1 : 0,
    summary: keepable(record.summary),
    reason: keepable(record.reason),
    before: jsonText(record.before),
    after: jsonText(record.after),
    previous_hash: head.hash,
    hash: '',
  }
  return { ...row, hash: hashOfRow(row) }
}

/** A text as the database gives it back: what it would change would not match its hash. */
const keepable = (text: string | null): string | null =>
  text === null ? null : text.toWellFormed().replaceAll('\0', '\uFFFD')

// JSON escapes what `keepable` replaces.
const jsonText = (value: unknown): string | null =>
  value === null || value === undefined ? null : JSON.stringify(value)

const json = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .nullable()

const rowSchema = z.object({
  number: z.int(),
  id: z.string(),
  at: z.int(),
  actor: z.string(),
  actor_id: z.string().nullable(),
  address: z.string().nullable(),
  request_id: z.string().nullable(),
  action: z.string(),
  entity_type: z.enum(ENTITY_TYPES).nullable(),
  entity_id: z.string().nullable(),
  provider_id: z.string().nullable(),
  model: z.string().nullable(),
  outcome: z.enum(AUDIT_OUTCOMES),
  summary: z.string(),
  reason: z.string().nullable(),
  before: json,
  after: json,
  previous_hash: z.string(),
  hash: z.string(),
})

/** The entry that a row stands for. Throws when it stands for none. */
export function entryOfRow(stored: unknown): AuditEntry {
  const row = rowSchema.parse(stored)
  const { number, id, at, actor, address, action, model, outcome, summary, reason, before, after, hash } = row
  return {
    number,
    id,
    at,
    actor,
    // Before there was sign-in, whoever sat at the console did it.
    actorId: row.actor_id ?? 'anyone',
    address,
    requestId: row.request_id,
    action,
    entity: row.entity_type === null ? null : { type: row.entity_type, id: row.entity_id ?? '' },
    providerId: row.provider_id,
    model,
    outcome,
    summary,
    reason,
    before,
    after,
    previousHash: row.previous_hash,
    hash,
  }
}
