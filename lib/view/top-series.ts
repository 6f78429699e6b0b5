/** How many series or rows one drawing shows at most. */
export const TOP_SHOWN = 8

/** The largest of many, and how many there were; `words` is null when all are shown. */
export type TopSeries<Item> = { shown: readonly Item[]; rest: readonly Item[]; words: string | null }

/** The at most eight largest items, equal ones in the order given, with "8 of 41" where some are left out. */
export function topSeries<Item>(
  items: readonly Item[],
  size: (item: Item) => number,
  limit = TOP_SHOWN,
): TopSeries<Item> {
  const sorted = items.toSorted((a, b) => size(b) - size(a))
  const shown = sorted.slice(0, limit)
  return {
    shown,
    rest: sorted.slice(limit),
    words: shown.length === items.length ? null : `${shown.length} of ${items.length}`,
  }
}
