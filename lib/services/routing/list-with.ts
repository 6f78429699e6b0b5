/**
 * The list with one more at its end, and no room for others: what is kept by the thousand mostly holds one, and a list
 * that has begun to grow has room for seventeen.
 */
export const listWith = <Item>(list: readonly Item[], item: Item): readonly Item[] =>
  list.length === 0 ? [item] : [...list, item]
