import { describe, expect, it } from 'vitest'
import { slotOfKey, type Slot } from './rendezvous.ts'

const KEYS = 100_000
const keys = Array.from({ length: KEYS }, (_, i) => `user-${i}`)

/** How many of 100,000 keys each slot gets. */
function spread(slots: readonly Slot[], salt = 'test', of = keys): number[] {
  const counts = slots.map(() => 0)
  for (const key of of) counts[slotOfKey(slots, salt, key)]! += 1
  return counts
}

const slotsOf = (...weights: number[]): Slot[] => weights.map((weight, i) => ({ name: `slot-${i}`, weight }))

describe('keys are shared out', () => {
  it.each([
    ['half and half', [50, 50]],
    ['mostly to one', [90, 10]],
    ['hardly to one', [99, 1]],
    ['three ways', [60, 30, 10]],
    ['ten ways', [10, 10, 10, 10, 10, 10, 10, 10, 10, 10]],
    ['by fractions of a percent', [99.5, 0.5]],
  ])('by weight, to one in a hundred: %s', (_what, weights) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    spread(slotsOf(...weights)).forEach((count, i) => {
      expect(Math.abs(count / KEYS - weights[i]! / total)).toBeLessThan(0.01)
    })
  })

  it.each([
    ['numbers', (i: number) => String(i)],
    ['numbers of one length', (i: number) => String(i).padStart(12, '0')],
    ['e-mail addresses', (i: number) => `someone.${i}@example.com`],
    ['ids that differ at the front', (i: number) => `${i.toString(36)}-session-of-the-application`],
  ])('by weight, to one in a hundred, also for %s', (_what, keyOf) => {
    const counts = spread(
      slotsOf(70, 30),
      'chat\n',
      Array.from({ length: KEYS }, (_, i) => keyOf(i)),
    )
    expect(Math.abs(counts[0]! / KEYS - 0.7)).toBeLessThan(0.01)
  })

  it('with nothing for a weight of 0, unless nobody has any', () => {
    expect(spread(slotsOf(0, 100))[0]).toBe(0)
    expect(Math.abs(spread(slotsOf(0, 0))[0]! / KEYS - 0.5)).toBeLessThan(0.01)
  })

  it('independently under another salt', () => {
    const slots = slotsOf(50, 50)
    const both = keys.filter(
      (key) => slotOfKey(slots, 'one', key) === 0 && slotOfKey(slots, 'two', key) === 0,
    )
    expect(Math.abs(both.length / KEYS - 0.25)).toBeLessThan(0.01)
  })
})

describe('when a slot goes', () => {
  const slots = slotsOf(50, 30, 20)
  const without = [slots[0]!, slots[2]!]

  it('its own keys alone move, spread over the rest by weight, and they come back with it', () => {
    const moved = [0, 0]
    let strayed = 0
    for (const key of keys) {
      const before = slotOfKey(slots, 'test', key)
      const during = slotOfKey(without, 'test', key)
      if (before === 1) moved[during]! += 1
      else if (without[during] !== slots[before]) strayed += 1
    }
    expect(strayed).toBe(0)
    const [toFirst = 0, toThird = 0] = moved
    expect(Math.abs(toFirst / (toFirst + toThird) - 50 / 70)).toBeLessThan(0.01)
  })

  it('and when its share grows, it takes keys, but none move between the others', () => {
    const grown = [slots[0]!, { name: 'slot-1', weight: 60 }, slots[2]!]
    const strayed = keys.filter((key) => {
      const [before, after] = [slotOfKey(slots, 'test', key), slotOfKey(grown, 'test', key)]
      return after !== before && after !== 1
    })
    expect(strayed).toEqual([])
  })

  it('and the order in which slots are listed is nothing to a key', () => {
    const reversed = slots.toReversed()
    const strayed = keys.filter(
      (key) => reversed[slotOfKey(reversed, 'test', key)] !== slots[slotOfKey(slots, 'test', key)],
    )
    expect(strayed).toEqual([])
  })
})
