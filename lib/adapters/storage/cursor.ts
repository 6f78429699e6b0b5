import { AppError } from '#lib/domain/errors.ts'
import type { Page, Paged } from '#lib/services/ports.ts'

/** Where a page ended: the last row's time and id. Rows at the same time are told apart by their id. */
export type Position<Id extends string | number> = { at: number; id: Id }

const refused = (cause?: unknown) =>
  new AppError('invalid_input', 'The cursor is not one that a list answered.', {
    fields: [{ path: 'cursor', message: 'the nextCursor of an earlier answer, unchanged' }],
    cause,
  })

/** The opaque text for a position. */
export const writeCursor = ({ at, id }: Position<string | number>) =>
  Buffer.from(JSON.stringify([at, id])).toString('base64url')

function parseCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch (error) {
    throw refused(error)
  }
}

const isPair = (value: unknown): value is [at: number, id: unknown] =>
  Array.isArray(value) && value.length === 2 && typeof value[0] === 'number'

/** The position a cursor stands for, with a text id; null for none. Throws `invalid_input` for any other text. */
export function readTextCursor(cursor: string | null): Position<string> | null {
  if (cursor === null) return null
  const value = parseCursor(cursor)
  if (!isPair(value) || typeof value[1] !== 'string') throw refused()
  return { at: value[0], id: value[1] }
}

/** The position a cursor stands for, with a whole-number id; null for none. Throws `invalid_input` for any other text. */
export function readNumberCursor(cursor: string | null): Position<number> | null {
  if (cursor === null) return null
  const value = parseCursor(cursor)
  if (!isPair(value) || typeof value[1] !== 'number') throw refused()
  return { at: value[0], id: value[1] }
}

/**
 * One page out of `limit + 1` rows read, so that the last page is known to be the last. Rows that `show` answers with
 * null are left out, but the next page goes on behind them.
 */
export function pageOfRows<Row, Item>(
  rows: readonly Row[],
  { limit }: Page,
  { show, position }: { show: (row: Row) => Item | null; position: (row: Row) => Position<string | number> },
): Paged<Item> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(show).filter((item) => item !== null),
    nextCursor: rows.length > limit && last !== undefined ? writeCursor(position(last)) : null,
  }
}
