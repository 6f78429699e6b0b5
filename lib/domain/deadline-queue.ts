/** Something that is due: what, and when (epoch ms). */
export type Deadline = { id: string; at: number }

type Entry = Deadline & { order: number; index: number }

/**
 * One deadline per id, the earliest at hand: a binary heap with an index by id. Setting, removing and popping
 * cost O(log n); equal deadlines come in the order they were set.
 */
export class DeadlineQueue {
  readonly #heap: Entry[] = []
  readonly #byId = new Map<string, Entry>()
  #nextOrder = 0

  /** How many ids have a deadline. */
  get size(): number {
    return this.#heap.length
  }

  /** The deadline of `id`, or null. */
  at(id: string): number | null {
    return this.#byId.get(id)?.at ?? null
  }

  /** Gives `id` this deadline in place of any it had. */
  set(id: string, at: number): void {
    const held = this.#byId.get(id)
    if (held?.at === at) return
    const order = this.#nextOrder
    this.#nextOrder += 1
    if (held === undefined) {
      const entry = { id, at, order, index: this.#heap.length }
      this.#heap.push(entry)
      this.#byId.set(id, entry)
      this.#settle(entry)
    } else {
      held.at = at
      held.order = order
      this.#settle(held)
    }
  }

  /** Takes the deadline of `id` away; says whether there was one. */
  remove(id: string): boolean {
    const entry = this.#byId.get(id)
    if (entry === undefined) return false
    this.#byId.delete(id)
    const last = this.#heap.pop()
    if (last !== undefined && last !== entry) {
      this.#place(last, entry.index)
      this.#settle(last)
    }
    return true
  }

  /** The earliest deadline, left where it is; null when there is none. */
  peek(): Deadline | null {
    const first = this.#heap[0]
    return first === undefined ? null : { id: first.id, at: first.at }
  }

  /** Takes out what is due at `now` (its moment included), earliest first, at most `limit`. */
  popDue(now: number, limit = Number.POSITIVE_INFINITY): Deadline[] {
    const due: Deadline[] = []
    for (
      let first = this.peek();
      first !== null && first.at <= now && due.length < limit;
      first = this.peek()
    ) {
      this.remove(first.id)
      due.push(first)
    }
    return due
  }

  #settle(entry: Entry): void {
    this.#rise(entry)
    this.#sink(entry)
  }

  #rise(entry: Entry): void {
    while (entry.index > 0) {
      const from = entry.index
      const parent = this.#heap[(from - 1) >> 1]
      if (parent === undefined || !isBefore(entry, parent)) return
      this.#place(entry, parent.index)
      this.#place(parent, from)
    }
  }

  #sink(entry: Entry): void {
    for (
      let child = this.#earlierChild(entry.index);
      child !== null;
      child = this.#earlierChild(entry.index)
    ) {
      if (!isBefore(child, entry)) return
      const from = entry.index
      this.#place(entry, child.index)
      this.#place(child, from)
    }
  }

  #earlierChild(index: number): Entry | null {
    const left = this.#heap[2 * index + 1]
    const right = this.#heap[2 * index + 2]
    if (left === undefined) return null
    return right !== undefined && isBefore(right, left) ? right : left
  }

  #place(entry: Entry, index: number): void {
    this.#heap[index] = entry
    entry.index = index
  }
}

const isBefore = (a: Entry, b: Entry): boolean => (a.at === b.at ? a.order < b.order : a.at < b.at)
