import fc from 'fast-check'
import { expect, it } from 'vitest'
import { incident } from '#lib/adapters/storage/test-alerting-records.ts'
import { isLoud, type Member } from '#lib/domain/alerts/incident.ts'
import { MOST_TOLD, toldAlerts } from './incident-words.ts'

const [member] = incident('acme').members as [Member]

const members = fc.array(
  fc.record({
    state: fc.constantFrom<Member['state']>('firing', 'recovering', 'over'),
    mute: fc.constantFrom<Member['mute']>(null, 'silence'),
    since: fc.integer({ min: 0, max: 9 }),
  }),
  { maxLength: 60 },
)

it('tells of the first twenty alerts, as if all had been sorted, and how many more there are', () => {
  fc.assert(
    fc.property(members, (changes) => {
      const all = changes.map((change, index): Member => ({ ...member, ...change, sentence: `${index}` }))
      const sorted = all.toSorted(
        (a, b) =>
          Number(isLoud(b)) - Number(isLoud(a)) ||
          Number(a.state === 'over') - Number(b.state === 'over') ||
          a.since - b.since,
      )
      const { shown, more } = toldAlerts({ ...incident('acme'), members: all })
      expect(shown).toEqual(sorted.slice(0, MOST_TOLD))
      expect(more).toBe(Math.max(0, all.length - MOST_TOLD))
    }),
  )
})
