import type { Paged } from '#lib/services/ports.ts'

/** One page of a list that is in memory; all of it without `limit`. `cursor` is the key of the last page's last item. */
export function pageOfList<Item>(
  items: readonly Item[],
  {
    cursor,
    limit,
    keyOf,
  }: { cursor?: string | undefined; limit?: number | undefined; keyOf: (item: Item) => string },
): Paged<Item> {
  const start = cursor === undefined ? 0 : items.findIndex((item) => keyOf(item) === cursor) + 1
  const page = items.slice(start, limit === undefined ? undefined : start + limit)
  const last = page.at(-1)
  return {
    items: page,
    nextCursor: last !== undefined && start + page.length < items.length ? keyOf(last) : null,
  }
}
