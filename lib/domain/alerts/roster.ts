import type { AlertLabels } from './alert.ts'
import { causeOf } from './cause.ts'
import type { Member } from './incident.ts'
import { addTo, copyOf, count, newTally, type Tally } from './tally.ts'

type Place = Pick<AlertLabels, 'ruleId' | 'subjectKey'>

/**
 * Where each alert stands in a list of members: by cause, subject and rule. No member changes its place, so that a list
 * shares it with those that it was made from, which are shorter.
 */
type Places = { taken: number; byCause: Map<string, Part> }

/** Where alerts of one cause stand, counted from a place: lists that are joined bring theirs along as they are. */
type Part = { from: number; bySubject: Map<string, Map<string, number>> }

/** Places are found out when they are first asked for: of incidents that are over they never are. */
type Roster = { places: Places | null; tally: Tally }

/** Lists never change, so that what was found out of one holds for as long as it lives. */
const known = new WeakMap<readonly Member[], Roster>()

function rosterOf(members: readonly Member[]): Roster {
  const held = known.get(members)
  if (held !== undefined) return held
  const made: Roster = { places: null, tally: newTally() }
  for (const member of members) count(made.tally, member, 1)
  known.set(members, made)
  return made
}

const placesIn = (members: readonly Member[]): Places => (rosterOf(members).places ??= placesOf(members))

function placesOf(members: readonly Member[]): Places {
  const places: Places = { taken: 0, byCause: new Map() }
  append(places, members)
  return places
}

/** Gives the next places to more members. */
function append(places: Places, members: readonly Member[]): void {
  let subjectKey: string | null = null
  let from = 0
  let byRule = new Map<string, number>()
  for (const { labels } of members) {
    // Alerts about one subject mostly come together.
    if (labels.subjectKey !== subjectKey) {
      const part = partOf(places, labels)
      from = part.from
      byRule = under(part.bySubject, labels.subjectKey, () => new Map<string, number>())
    }
    subjectKey = labels.subjectKey
    byRule.set(labels.ruleId, places.taken - from)
    places.taken += 1
  }
}

const partOf = ({ byCause }: Places, labels: AlertLabels): Part =>
  under(byCause, causeOf(labels), () => ({ from: 0, bySubject: new Map() }))

/** What stands under a key, made where there was nothing. */
function under<Value>(values: Map<string, Value>, key: string, make: () => Value): Value {
  const held = values.get(key)
  if (held !== undefined) return held
  const made = make()
  values.set(key, made)
  return made
}

/** Gives the next places to a list as a whole. */
function appendList(places: Places, members: readonly Member[]): void {
  const own = placesIn(members)
  const isWhole = own.taken === members.length
  const isApart = [...own.byCause.keys()].every((cause) => !places.byCause.has(cause))
  if (!isWhole || !isApart) return append(places, members)
  for (const [cause, { from, bySubject }] of own.byCause)
    places.byCause.set(cause, { from: places.taken + from, bySubject })
  places.taken += members.length
  // What is added from now on has places in the longer list: this one's are to be found out anew.
  own.taken = LENT
}

const LENT = -1

/** What the members come to. */
export const tallyOf = (members: readonly Member[]): Readonly<Tally> => rosterOf(members).tally

/** The place of an alert among members; null when it is none of them. */
export function placeOf(
  members: readonly Member[],
  cause: string,
  { subjectKey, ruleId }: Place,
): number | null {
  const part = placesIn(members).byCause.get(cause)
  const place = part?.bySubject.get(subjectKey)?.get(ruleId)
  if (part === undefined || place === undefined) return null
  // A longer list has places that this one has not.
  return part.from + place < members.length ? part.from + place : null
}

/** The causes of members, each once. */
export const causesOf = (members: readonly Member[]): Iterable<string> => placesIn(members).byCause.keys()

/** The places of all members of a cause. */
export function* placesOfCause(members: readonly Member[], cause: string): Generator<number> {
  const part = placesIn(members).byCause.get(cause)
  if (part === undefined) return
  for (const byRule of part.bySubject.values())
    for (const place of byRule.values()) if (part.from + place < members.length) yield part.from + place
}

/** What becomes of a list: other members in their places, and new ones after them. */
export type Edits = { replaced: ReadonlyMap<number, Member>; added: readonly Member[] }

/** The list with other members in their places, which are of the same alerts, and new ones after them. */
export function edited(members: readonly Member[], { replaced, added }: Edits): readonly Member[] {
  if (replaced.size === 0 && added.length === 0) return members
  const places = placesIn(members)
  // In one piece: a copy that then grew would be copied again.
  const next = members.concat(added)
  const tally = copyOf(tallyOf(members))
  for (const [place, member] of replaced) {
    const was = next[place]
    if (was !== undefined) count(tally, was, -1)
    count(tally, member, 1)
    next[place] = member
  }
  // Another list was made longer from this one: its places are not those of this one's.
  const own = added.length === 0 || places.taken === members.length ? places : placesOf(members)
  append(own, added)
  for (const member of added) count(tally, member, 1)
  known.set(next, { places: own, tally })
  return next
}

/** The list with every member as `next` says, which is of the same alert; the same list where all are as they were. */
export function eachAs(members: readonly Member[], next: (member: Member) => Member): readonly Member[] {
  const all = members.map(next)
  if (all.every((member, place) => member === members[place])) return members
  const tally = newTally()
  for (const member of all) count(tally, member, 1)
  known.set(all, { places: placesIn(members), tally })
  return all
}

/** The lists, of which no two have an alert in common, as one. */
export function joined(lists: readonly (readonly Member[])[]): readonly Member[] {
  const all = lists.flat()
  const tally = newTally()
  const places: Places = { taken: 0, byCause: new Map() }
  for (const each of lists) {
    addTo(tally, tallyOf(each))
    appendList(places, each)
  }
  known.set(all, { places, tally })
  return all
}
