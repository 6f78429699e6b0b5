import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelsFor } from './alerts.fixture.ts'
import { causeOf } from './cause.ts'
import type { ConditionType } from './condition.ts'
import type { Member } from './incident.ts'
import { eachAs, edited, joined, placeOf, placesOfCause, tallyOf } from './roster.ts'

const member = (name: string, change: Partial<Member> = {}, condition?: ConditionType): Member => {
  const [providerId = '', ruleId = ''] = name.split(' ')
  return {
    labels: labelsFor(providerId, condition, { ruleId }),
    state: 'firing',
    mute: null,
    since: 0,
    overAt: null,
    isAcknowledged: false,
    isFlapping: false,
    sentence: name,
    isTold: false,
    formerly: [],
    ...change,
  }
}

const changes = fc.record({
  state: fc.constantFrom<Member['state']>('firing', 'recovering', 'over'),
  mute: fc.constantFrom<Member['mute']>(null, 'silence', 'provider_unhealthy'),
  isTold: fc.boolean(),
})
const NAMES = ['p0', 'p1', 'p2'].flatMap((provider) => ['a', 'b', 'c'].map((rule) => `${provider} ${rule}`))
const edits = fc.array(fc.record({ names: fc.subarray(NAMES), change: changes, branch: fc.boolean() }), {
  maxLength: 12,
})

/** Of the same members, in a list that nobody knows anything of. */
const anew = (members: readonly Member[]) => tallyOf([...members])

function edit(members: readonly Member[], names: readonly string[], change: Partial<Member>) {
  const replaced = new Map<number, Member>()
  const added: Member[] = []
  for (const name of names) {
    const next = member(name, change, name.endsWith('c') ? 'probe_cost' : 'provider_unhealthy')
    const place = placeOf(members, causeOf(next.labels), next.labels)
    if (place === null) added.push(next)
    else replaced.set(place, next)
  }
  return edited(members, { replaced, added })
}

const expectSound = (members: readonly Member[]): void => {
  expect(tallyOf(members)).toEqual(anew(members))
  for (const [place, { labels }] of members.entries())
    expect(placeOf(members, causeOf(labels), labels)).toBe(place)
  const causes = new Set(members.map(({ labels }) => causeOf(labels)))
  const places = [...causes].flatMap((cause) => [...placesOfCause(members, cause)])
  expect(places.sort((a, b) => a - b)).toEqual([...members.keys()])
}

describe('a list of members', () => {
  it('knows its places and what it comes to, whatever it was made from and whatever was made from it', () => {
    fc.assert(
      fc.property(edits, (steps) => {
        let members: readonly Member[] = []
        const lists = [members]
        for (const { names, change, branch } of steps) {
          const next = edit(members, names, change)
          lists.push(next)
          // What is made of one list twice is two lists.
          if (!branch) members = next
        }
        for (const each of lists) expectSound(each)
      }),
      { numRuns: 300 },
    )
  })

  it('is the sum of those that it is joined of', () => {
    const lists = ['p0', 'p1', 'p2'].map((provider) =>
      edit([], [`${provider} a`, `${provider} b`], { mute: provider === 'p1' ? 'silence' : null }),
    )
    const all = joined([edit([], ['p0 c'], { state: 'recovering' }), ...lists])
    expectSound(all)
    expect(tallyOf(all)).toMatchObject({ present: 7, firing: 6, providers: 3, untold: 4 })
  })

  it('is sound when it was joined, and so is all that it was joined of, whatever becomes of either', () => {
    const lists = fc.array(fc.subarray(NAMES.slice(0, 6)), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(lists, fc.array(fc.subarray(NAMES), { maxLength: 4 }), fc.nat(3), (taken, more, of) => {
        const seen = new Set<string>()
        const parts = taken.map((names) => {
          const others = names.filter((name) => !seen.has(name))
          for (const name of others) seen.add(name)
          // One of which a longer list was made knows more places than it has.
          const made = edit([], others, {})
          edit(made, ['p9 a'].slice(others.length % 2), {})
          return made
        })
        let whole = joined(parts)
        const all = [...parts, whole]
        for (const names of more) {
          whole = edit(whole, names, { state: 'recovering' })
          const part = parts[of % parts.length] ?? []
          all.push(whole, edit(part, names, {}), joined([part, edit([], ['p8 a'], {})]))
          all.push(joined([edit([], ['p8 a'], {}), whole]))
        }
        for (const each of all) expectSound(each)
      }),
      { numRuns: 300 },
    )
  })

  it('keeps its places where every member is another', () => {
    const members = edit([], NAMES, {})
    const told = eachAs(members, (each) => (each.sentence === 'p1 a' ? each : { ...each, isTold: true }))
    expectSound(told)
    expectSound(edit(told, ['p3 a'], {}))
    expect(tallyOf(told)).toMatchObject({ present: 9, untold: 1 })
    expect(eachAs(told, (each) => each)).toBe(told)
  })

  it('is the same list where nothing is edited', () => {
    const members = edit([], NAMES, {})
    expect(edited(members, { replaced: new Map(), added: [] })).toBe(members)
  })
})
