/** Where a page ended: the last item's time and id. Items at the same time are told apart by their id. */
export type Position<Id extends string | number> = { at: number; id: Id }

/** The opaque text for a position, fit for an address. */
export const writeCursor = ({ at, id }: Position<string | number>): string =>
  btoa(JSON.stringify([at, id]))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

/** The position a cursor stands for, its id still of any kind; null when it is no cursor. */
export function readCursor(cursor: string): Position<string> | Position<number> | null {
  try {
    const value: unknown = JSON.parse(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')))
    if (!Array.isArray(value) || value.length !== 2) return null
    const [at, id] = value as [unknown, unknown]
    // A time or number that no list wrote would only be refused by the database, as if that were away.
    if (!isWhole(at)) return null
    return typeof id === 'string' ? { at, id } : isWhole(id) ? { at, id } : null
  } catch {
    return null
  }
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value)
