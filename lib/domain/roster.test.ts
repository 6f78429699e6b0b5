import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Roster, type Seated } from './roster.ts'

type Guest = Seated & { name: number }
const guest = (name: number): Guest => ({ name, seat: -1 })
const names = (roster: Roster<Guest>) => [...roster].map(({ name }) => name).toSorted((a, b) => a - b)

test('a roster holds whom a set holds, however they come and go', () => {
  const steps = fc.array(fc.record({ comes: fc.boolean(), who: fc.nat({ max: 11 }) }), { maxLength: 60 })
  fc.assert(
    fc.property(steps, (all) => {
      const guests = Array.from({ length: 12 }, (_, name) => guest(name))
      const roster = new Roster<Guest>()
      const set = new Set<Guest>()
      for (const { comes, who } of all) {
        const one = guests[who]!
        if (!comes) expect(roster.delete(one)).toBe(set.delete(one))
        else if (!set.has(one)) {
          roster.add(one)
          set.add(one)
        }
        expect(roster.size).toBe(set.size)
        expect(names(roster)).toEqual([...set].map(({ name }) => name).toSorted((a, b) => a - b))
      }
    }),
  )
})

test('whoever is in another roster is not let go here', () => {
  const [here, there] = [new Roster<Guest>(), new Roster<Guest>()]
  const [mine, theirs] = [guest(1), guest(2)]
  here.add(mine)
  there.add(theirs)
  expect(here.delete(theirs)).toBe(false)
  expect(names(here)).toEqual([1])
  expect(names(there)).toEqual([2])
})

test('a list stays as it was while members leave', () => {
  const roster = new Roster<Guest>()
  const all = [1, 2, 3].map(guest)
  for (const one of all) roster.add(one)
  const list = roster.list()
  for (const one of list) roster.delete(one)
  expect(list).toEqual(all)
  expect(roster.size).toBe(0)
})
