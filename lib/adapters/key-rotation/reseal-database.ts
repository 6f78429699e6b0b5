import { DatabaseSync } from 'node:sqlite'
import { AppError } from '#lib/domain/errors.ts'
import { type Keys, opened, type Seal, SEALS } from './keys.ts'
import { type SealedRow, sealedRows } from './sealed-rows.ts'

/** How many values were sealed anew, by their seal. */
export type Resealed = Readonly<Record<Seal, number>>

type Change = { old: Keys; next: Keys; beforeCommit: () => void }

/**
 * Seals everything in the database at `path` with the next keys, and ends all sign-ins, in one transaction. Values that
 * the next keys open stay as they are. Rejects with `unavailable`, names the rows and changes nothing when a value opens
 * with neither.
 */
export async function resealDatabase(path: string, { old, next, beforeCommit }: Change): Promise<Resealed> {
  const database = new DatabaseSync(path, { timeout: 5_000 })
  try {
    // The commit is on the disk when it is done, and what it replaces is left in no free room.
    database.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; BEGIN IMMEDIATE')
    const rows = await Promise.all(sealedRows(database).map((row) => resealed(row, old, next)))
    const lost = rows.filter(({ texts }) => texts.includes(null)).map(({ row }) => row.name)
    if (lost.length > 0) throw lostValues(lost)
    beforeCommit()
    for (const { row, texts } of rows) row.put(texts.map(String))
    // Cookies are signed with the old key: the sessions behind them are dead.
    database.exec('DELETE FROM sessions; COMMIT')
    return countsOf(rows)
  } finally {
    // Without a commit, this takes everything back.
    database.close()
  }
}

type ResealedRow = { row: SealedRow; texts: (string | null)[]; count: number }

async function resealed(row: SealedRow, old: Keys, next: Keys): Promise<ResealedRow> {
  let count = 0
  const texts: (string | null)[] = []
  for (const text of row.sealed) {
    const plain = await opened(old, row.seal, text)
    if (plain !== null) count += 1
    if (plain !== null) texts.push(await next[row.seal].seal(plain))
    else texts.push((await opened(next, row.seal, text)) === null ? null : text)
  }
  return { row, texts, count }
}

const countsOf = (rows: readonly ResealedRow[]): Resealed =>
  Object.fromEntries(
    SEALS.map((seal) => [
      seal,
      rows.filter(({ row }) => row.seal === seal).reduce((sum, { count }) => sum + count, 0),
    ]),
  ) as Resealed

function lostValues(names: readonly string[]): AppError {
  return new AppError(
    'unavailable',
    `Nothing was changed: what is sealed in these rows opens with neither key: ${names.join(', ')}. ` +
      'Give those providers their keys anew, or delete them, remove those second factors, and rotate again.',
  )
}

/** Whether anything in the database at `path` was sealed with these keys. */
export async function opensAnything(path: string, keys: Keys): Promise<boolean> {
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 })
  try {
    for (const row of sealedRows(database))
      for (const text of row.sealed) if ((await opened(keys, row.seal, text)) !== null) return true
    return false
  } finally {
    database.close()
  }
}
