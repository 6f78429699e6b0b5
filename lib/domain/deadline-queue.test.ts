import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Deadline, DeadlineQueue } from './deadline-queue.ts'

function queueOf(deadlines: Record<string, number>): DeadlineQueue {
  const queue = new DeadlineQueue()
  for (const [id, at] of Object.entries(deadlines)) queue.set(id, at)
  return queue
}

describe('DeadlineQueue', () => {
  it('is empty at first', () => {
    const queue = new DeadlineQueue()
    expect(queue.size).toBe(0)
    expect(queue.peek()).toBeNull()
    expect(queue.popDue(1e12)).toEqual([])
  })

  it('pops what is due, the moment itself included, earliest first', () => {
    const queue = queueOf({ c: 30, a: 10, b: 20, d: 31 })
    expect(queue.popDue(30)).toEqual([
      { id: 'a', at: 10 },
      { id: 'b', at: 20 },
      { id: 'c', at: 30 },
    ])
    expect(queue.peek()).toEqual({ id: 'd', at: 31 })
  })

  it('pops no more than asked', () => {
    const queue = queueOf({ a: 1, b: 2, c: 3 })
    expect(queue.popDue(9, 2).map(({ id }) => id)).toEqual(['a', 'b'])
    expect(queue.popDue(9, 0)).toEqual([])
    expect(queue.size).toBe(1)
  })

  it('holds one deadline per id, the last one set', () => {
    const queue = queueOf({ a: 10, b: 20 })
    queue.set('a', 30)
    expect(queue.at('a')).toBe(30)
    expect(queue.popDue(99).map(({ id }) => id)).toEqual(['b', 'a'])
  })

  it('gives equal deadlines in the order they were set', () => {
    const queue = queueOf({ z: 5, a: 5, m: 5 })
    queue.set('z', 6)
    queue.set('z', 5)
    expect(queue.popDue(5).map(({ id }) => id)).toEqual(['a', 'm', 'z'])
  })

  it('keeps the place of a deadline that is set again as it was', () => {
    const queue = queueOf({ a: 5, b: 5 })
    queue.set('a', 5)
    expect(queue.popDue(5).map(({ id }) => id)).toEqual(['a', 'b'])
  })

  it('removes, and says whether there was anything', () => {
    const queue = queueOf({ a: 1, b: 2 })
    expect(queue.remove('a')).toBe(true)
    expect(queue.remove('a')).toBe(false)
    expect(queue.at('a')).toBeNull()
    expect(queue.popDue(9)).toEqual([{ id: 'b', at: 2 }])
  })

  it('lets what it gives out be changed without harm', () => {
    const queue = queueOf({ a: 1 })
    const first = queue.peek()
    first!.at = 99
    expect(queue.peek()).toEqual({ id: 'a', at: 1 })
  })

  // Mutants killed: no sinking, no rising, the left child always, the index not moved with the entry, the last
  // entry not put in a removed one's place, ties by nothing.
  it('behaves as a sorted array does', () => {
    const id = fc.constantFrom(...Array.from({ length: 24 }, (_, n) => `p${n}`))
    const at = fc.integer({ min: 0, max: 40 })
    const action = fc.oneof(
      { weight: 5, arbitrary: fc.record({ kind: fc.constant('set' as const), id, at }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), id }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('pop' as const), at, limit: fc.nat(4) }) },
    )
    fc.assert(
      fc.property(fc.array(action, { maxLength: 120, size: 'max' }), (actions) => {
        const queue = new DeadlineQueue()
        let model: Deadline[] = []
        const put = (entry: Deadline) => {
          if (model.some((held) => held.id === entry.id && held.at === entry.at)) return
          model = [...model.filter((held) => held.id !== entry.id), entry].toSorted((a, b) => a.at - b.at)
        }
        for (const each of actions) {
          if (each.kind === 'set') {
            queue.set(each.id, each.at)
            put({ id: each.id, at: each.at })
          } else if (each.kind === 'remove') {
            expect(queue.remove(each.id)).toBe(model.some((held) => held.id === each.id))
            model = model.filter((held) => held.id !== each.id)
          } else {
            const due = model.filter((held) => held.at <= each.at).slice(0, each.limit)
            expect(queue.popDue(each.at, each.limit)).toEqual(due)
            model = model.slice(due.length)
          }
          expect(queue.size).toBe(model.length)
          expect(queue.peek()).toEqual(model[0] ?? null)
          for (const held of model) expect(queue.at(held.id)).toBe(held.at)
        }
        expect(queue.popDue(Number.POSITIVE_INFINITY)).toEqual(model)
      }),
    )
  })
})
