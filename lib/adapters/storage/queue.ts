/** A first-in, first-out queue whose operations do not grow dearer with its length. */
export type Queue<T> = {
  readonly size: () => number
  readonly push: (item: T) => void
  /** The oldest item, which stays; undefined when empty. */
  readonly peek: () => T | undefined
  /** Removes and answers the oldest `count` items, or as many as there are. */
  readonly take: (count: number) => T[]
  /** Puts items back where `take` took them from. */
  readonly putBack: (items: readonly T[]) => void
}

/** From how many taken items on the array is cut, unless most of it is still in use. */
const SLACK = 1_024

/** An empty queue. */
export function createQueue<T>(): Queue<T> {
  let items: T[] = []
  let first = 0
  return {
    size: () => items.length - first,
    push: (item) => void items.push(item),
    peek: () => items[first],
    take: (count) => {
      const taken = items.slice(first, first + count)
      first += taken.length
      if (first > SLACK && first * 2 > items.length) {
        items = items.slice(first)
        first = 0
      }
      return taken
    },
    putBack: (back) => {
      items = [...back, ...items.slice(first)]
      first = 0
    },
  }
}
