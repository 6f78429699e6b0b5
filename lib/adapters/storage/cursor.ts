import { type Position, readCursor, writeCursor } from '#lib/contract/cursor.ts'
import { AppError } from '#lib/domain/errors.ts'
import type { Page, Paged } from '#lib/services/ports.ts'

const refused = () =>
  new AppError('invalid_input', 'The cursor is not one that a list answered.', {
    fields: [{ path: 'cursor', message: 'the nextCursor of an earlier answer, unchanged' }],
  })

const isText = (position: Position<string> | Position<number>): position is Position<string> =>
  typeof position.id === 'string'

/** The position a cursor stands for, with a text id; null for none. Throws `invalid_input` for any other text. */
export function readTextCursor(cursor: string | null): Position<string> | null {
  if (cursor === null) return null
  const position = readCursor(cursor)
  if (position === null || !isText(position)) throw refused()
  return position
}

/** The position a cursor stands for, with a whole-number id; null for none. Throws `invalid_input` for any other text. */
export function readNumberCursor(cursor: string | null): Position<number> | null {
  if (cursor === null) return null
  const position = readCursor(cursor)
  if (position === null || isText(position)) throw refused()
  return position
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
