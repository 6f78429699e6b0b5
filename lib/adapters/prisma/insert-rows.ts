import type { Db } from './client.ts'

/** A value of a row as SQLite takes it; JSON columns take their text. */
export type Cell = string | number | boolean | null

/** How rows of one table are written in one statement, whatever their number. `columns` are as in the schema. */
export type RowTable = { name: string; columns: readonly string[] }
type KeyedTable = RowTable & { key: string }

const quoted = (name: string) => `"${name}"`

// One parameter that SQLite takes apart itself; WHERE keeps its parser from taking ON for that of a join.
const insertInto = ({ name, columns }: RowTable) => `
  INSERT INTO ${quoted(name)} (${columns.map(quoted).join(', ')})
  SELECT ${columns.map((_, place) => `value->>${place}`).join(', ')} FROM json_each(?) WHERE true`

/** Adds rows; refused whole when one cannot be added. */
export const insertAll = (table: RowTable) => run(insertInto(table))

/** Adds rows; those whose key is there already stay as they are. */
export function insertNew(table: KeyedTable): (db: Db, rows: readonly (readonly Cell[])[]) => Promise<void> {
  return run(`${insertInto(table)} ON CONFLICT (${quoted(table.key)}) DO NOTHING`)
}

/** Adds rows; those whose key is there already are overwritten. */
export function insertOrReplace(table: KeyedTable) {
  const others = table.columns.filter((column) => column !== table.key)
  const changes = others.map((column) => `${quoted(column)} = excluded.${quoted(column)}`)
  return run(`${insertInto(table)} ON CONFLICT (${quoted(table.key)}) DO UPDATE SET ${changes.join(', ')}`)
}

const run = (statement: string) => async (db: Db, rows: readonly (readonly Cell[])[]) => {
  if (rows.length > 0) await db.$executeRawUnsafe(statement, JSON.stringify(rows))
}

/** Epoch ms as they stand in a column. */
export const timeCell = (at: number): number => Math.round(at)
export const timeCellOrNull = (at: number | null): number | null => (at === null ? null : timeCell(at))

/** A value for a JSON column. */
export const jsonCell = (value: unknown): string => JSON.stringify(value)
export const jsonCellOrNull = (value: unknown): string | null =>
  value === null || value === undefined ? null : jsonCell(value)
