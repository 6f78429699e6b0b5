import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { sealedHeader, sealedTextOf } from '#lib/domain/secret-header.ts'
import type { Seal } from './keys.ts'

/** A row of the database with sealed values in it. */
export type SealedRow = {
  /** What an operator knows it by. */
  name: string
  seal: Seal
  sealed: readonly string[]
  /** Puts other texts in their place, in the same order. */
  put: (texts: readonly string[]) => void
}

/** Every row with sealed values. What is sealed elsewhere one day must be added here, or a rotation loses it. */
export const sealedRows = (database: DatabaseSync): SealedRow[] => [
  ...providerRows(database),
  ...channelRows(database),
  ...secondFactorRows(database),
]

/** A database that is not up to date yet lacks what came later. */
const hasTable = (database: DatabaseSync, name: string): boolean =>
  database.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(name) !== undefined

const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'no JSON' })
    return z.NEVER
  }
})
const keyShape = z.looseObject({ type: z.string(), sealed: z.string().optional() })
const keySchema = jsonText.pipe(keyShape)
const headersSchema = jsonText.pipe(z.record(z.string(), z.string()))
const columnsSchema = z.tuple([keySchema, headersSchema])

function providerRows(database: DatabaseSync): SealedRow[] {
  const update = database.prepare('UPDATE providers SET "key" = ?, headers = ? WHERE id = ?')
  return database
    .prepare('SELECT id, "key", headers FROM providers ORDER BY id')
    .all()
    .map(({ id, key, headers }) =>
      providerRow(String(id), [key, headers], (texts) => update.run(...texts, String(id))),
    )
    .filter(({ sealed }) => sealed.length > 0)
}

/** One provider: its key, if it is sealed, then those of its headers that are. */
function providerRow(
  id: string,
  columns: [key: unknown, headers: unknown],
  write: (texts: [key: string, headers: string]) => unknown,
): SealedRow {
  const row = { name: `provider ${id}`, seal: 'own' as const }
  const parsed = columnsSchema.safeParse(columns)
  // What cannot be read opens with no key.
  if (!parsed.success) return { ...row, sealed: [''], put: () => undefined }
  const [key, headers] = parsed.data
  const ofKey = key.type === 'sealed' ? [key.sealed ?? ''] : []
  const secretNames = Object.keys(headers).filter((name) => sealedTextOf(headers[name] ?? '') !== null)
  return {
    ...row,
    sealed: [...ofKey, ...secretNames.map((name) => sealedTextOf(headers[name] ?? '') ?? '')],
    put: (texts) => {
      const newHeaders = secretNames.map((name, i) => [name, sealedHeader(texts[ofKey.length + i] ?? '')])
      write([
        JSON.stringify(ofKey.length === 0 ? key : { ...key, sealed: texts[0] }),
        JSON.stringify({ ...headers, ...Object.fromEntries(newHeaders) }),
      ])
    },
  }
}

const channelSecretsSchema = jsonText.pipe(z.record(z.string(), keyShape))

function channelRows(database: DatabaseSync): SealedRow[] {
  if (!hasTable(database, 'channels')) return []
  const update = database.prepare('UPDATE channels SET secrets = ? WHERE id = ?')
  return database
    .prepare('SELECT id, secrets FROM channels ORDER BY id')
    .all()
    .map(({ id, secrets }) => channelRow(String(id), secrets, (text) => update.run(text, String(id))))
    .filter(({ sealed }) => sealed.length > 0)
}

/** One channel: its secrets that are sealed. */
function channelRow(id: string, column: unknown, write: (text: string) => unknown): SealedRow {
  const row = { name: `channel ${id}`, seal: 'own' as const }
  const parsed = channelSecretsSchema.safeParse(column)
  // What cannot be read opens with no key.
  if (!parsed.success) return { ...row, sealed: [''], put: () => undefined }
  const entries = Object.entries(parsed.data)
  const names = entries.filter(([, { type }]) => type === 'sealed').map(([name]) => name)
  return {
    ...row,
    sealed: names.map((name) => parsed.data[name]?.sealed ?? ''),
    put: (texts) => {
      const anew = names.map((name, i) => [name, { ...parsed.data[name], sealed: texts[i] }] as const)
      write(JSON.stringify({ ...parsed.data, ...Object.fromEntries(anew) }))
    },
  }
}

function secondFactorRows(database: DatabaseSync): SealedRow[] {
  if (!hasTable(database, 'two_factors')) return []
  const update = database.prepare('UPDATE two_factors SET secret = ?, backup_codes = ? WHERE id = ?')
  return database
    .prepare('SELECT id, user_id, secret, backup_codes FROM two_factors ORDER BY id')
    .all()
    .map((row) => ({
      name: `second factor of user ${String(row.user_id)}`,
      seal: 'second-factor',
      sealed: [String(row.secret), String(row.backup_codes)],
      put: ([secret = '', backupCodes = '']) => void update.run(secret, backupCodes, String(row.id)),
    }))
}
