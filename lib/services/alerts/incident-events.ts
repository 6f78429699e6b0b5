import { causeOf } from '#lib/domain/alerts/cause.ts'
import type { Incident, IncidentState, Member } from '#lib/domain/alerts/incident.ts'
import { placeOf } from '#lib/domain/alerts/roster.ts'
import { subjectText } from '#lib/domain/alerts/subject.ts'
import { incidentTitle } from './incident-words.ts'
import type { IncidentEvent } from './records.ts'

type Told = Pick<IncidentEvent, 'type' | 'actor' | 'text'>

/** So many alerts of one step are told one by one; of more, their number. */
const MOST_ONE_BY_ONE = 5

/** What happened between two states of an incident, in order; `before` null: it began. */
export function incidentEvents(before: Incident | null, after: Incident): Told[] {
  const known = before?.members ?? NONE
  const fired: Member[] = []
  const over: Member[] = []
  for (const { member, was } of moved(known, after.members)) {
    if (isFiringAnew(was, member)) fired.push(member)
    if (member.state === 'over' && was?.state !== 'over') over.push(member)
  }
  return [
    ...(before === null ? [said('began', incidentTitle(after))] : []),
    ...some(fired, FIRED),
    ...some(over, OVER),
    ...stateEvents(before, after),
  ]
}

const NONE: readonly Member[] = []

/** The members that are others than before, or stood elsewhere, and what they were. */
function* moved(
  known: readonly Member[],
  members: readonly Member[],
): Generator<{ member: Member; was: Member | undefined }> {
  for (let place = 0; place < members.length; place += 1) {
    const member = members[place]
    // By places, not entries: there may be hundreds of thousands, of which a tick has moved a few.
    if (member === undefined || member === known[place]) continue
    yield { member, was: memberBefore(known, member, place) }
  }
}

/** What a member was among those of before: mostly in the same place, and there may be hundreds of thousands. */
function memberBefore(members: readonly Member[], member: Member, place: number): Member | undefined {
  const there = members[place]
  const { labels } = member
  if (there !== undefined && isSameAlert(there.labels, labels)) return there
  const found = placeOf(members, causeOf(labels), labels)
  return found === null ? undefined : members[found]
}

const isSameAlert = (a: Member['labels'], b: Member['labels']): boolean =>
  a.ruleId === b.ruleId && a.subjectKey === b.subjectKey

const said = (type: IncidentEvent['type'], text: string): Told => ({ type, actor: null, text })

const isFiringAnew = (before: Member | undefined, { state }: Member) =>
  state === 'firing' && (before === undefined || before.state === 'over')

type Telling = { type: IncidentEvent['type']; many: string; textOf: (member: Member) => string }

const FIRED: Telling = {
  type: 'alert_fired',
  many: 'alerts fire',
  textOf: ({ labels, sentence }) => `${labels.ruleName}: ${sentence}`,
}
const OVER: Telling = {
  type: 'alert_over',
  many: 'alerts are over',
  textOf: ({ labels }) => `${labels.ruleName} is over: ${subjectText(labels.subject)}`,
}

const some = (members: readonly Member[], { type, many, textOf }: Telling): Told[] =>
  members.length > MOST_ONE_BY_ONE
    ? [said(type, `${members.length} ${many}`)]
    : members.map((member) => said(type, textOf(member)))

function stateEvents(before: Incident | null, after: Incident): Told[] {
  if (after.mergedInto !== null) {
    const isNew = before?.mergedInto !== after.mergedInto
    return isNew ? [said('merged', `became a part of incident ${after.mergedInto}`)] : []
  }
  return before?.state === after.state ? [] : stateEvent(before?.state ?? null, after.state)
}

function stateEvent(before: IncidentState | null, after: IncidentState): Told[] {
  if (after === 'recovering') return [said('recovering', 'all alerts are good again, and held for a while')]
  if (after === 'resolved') return [said('resolved', 'it is over')]
  return after === 'firing' && before === 'recovering' ? [said('firing_again', 'it is bad again')] : []
}
