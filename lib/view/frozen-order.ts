import type { ProviderRow } from '#lib/contract/monitor.ts'
import { urgency } from './provider-order.ts'

/** An order that is held while somebody points at it: the ids in it, each with how urgent it was. */
export type FrozenOrder = { urgencies: ReadonlyMap<string, number> }

/** Urgencies up to this one are problems. */
const PROBLEM = 1

/** Holds the order that these rows are in. */
export const freezeOrder = (rows: readonly ProviderRow[]): FrozenOrder => ({
  urgencies: new Map(rows.map((row) => [row.id, urgency(row)])),
})

/** The rows in the held order, new ones at the end; null holds nothing. */
export function inFrozenOrder(
  rows: readonly ProviderRow[],
  frozen: FrozenOrder | null,
): readonly ProviderRow[] {
  if (frozen === null) return rows
  const places = new Map([...frozen.urgencies.keys()].map((id, place) => [id, place]))
  const placeOf = ({ id }: ProviderRow) => places.get(id) ?? Number.POSITIVE_INFINITY
  return rows.toSorted((a, b) => {
    const [x, y] = [placeOf(a), placeOf(b)]
    return x === y ? 0 : x - y
  })
}

/** How many rows have become a problem, or a worse one, since the order was held. */
export function newProblems(rows: readonly ProviderRow[], frozen: FrozenOrder | null): number {
  if (frozen === null) return 0
  return rows.filter((row) => {
    const now = urgency(row)
    return now <= PROBLEM && now < (frozen.urgencies.get(row.id) ?? Number.POSITIVE_INFINITY)
  }).length
}
