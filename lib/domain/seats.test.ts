import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Seats, type Seated } from './seats.ts'

type Guest = Seated & { name: number }
const guest = (name: number): Guest => ({ name, seat: -1 })
const names = (seats: Seats<Guest>) => [...seats].map(({ name }) => name).toSorted((a, b) => a - b)

test('seats hold whom a set holds, however they come and go', () => {
  const steps = fc.array(fc.record({ comes: fc.boolean(), who: fc.nat({ max: 11 }) }), {
    maxLength: 60,
    size: 'max',
  })
  fc.assert(
    fc.property(steps, (all) => {
      const guests = Array.from({ length: 12 }, (_, name) => guest(name))
      const seats = new Seats<Guest>()
      const set = new Set<Guest>()
      for (const { comes, who } of all) {
        const one = guests[who]!
        if (!comes) expect(seats.delete(one)).toBe(set.delete(one))
        else if (!set.has(one)) {
          seats.add(one)
          set.add(one)
        }
        expect(seats.size).toBe(set.size)
        expect(names(seats)).toEqual([...set].map(({ name }) => name).toSorted((a, b) => a - b))
      }
    }),
  )
})

test('whoever sits elsewhere is not let go here', () => {
  const [here, there] = [new Seats<Guest>(), new Seats<Guest>()]
  const [mine, theirs] = [guest(1), guest(2)]
  here.add(mine)
  there.add(theirs)
  expect(here.delete(theirs)).toBe(false)
  expect(names(here)).toEqual([1])
  expect(names(there)).toEqual([2])
})

test('a list stays as it was while members leave', () => {
  const seats = new Seats<Guest>()
  const all = [1, 2, 3].map(guest)
  for (const one of all) seats.add(one)
  const list = seats.list()
  for (const one of list) seats.delete(one)
  expect(list).toEqual(all)
  expect(seats.size).toBe(0)
})
