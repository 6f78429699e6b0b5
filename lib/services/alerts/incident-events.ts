import { alertKeyOf } from '#lib/domain/alerts/cause.ts'
import type { Incident, Member } from '#lib/domain/alerts/incident.ts'
import { subjectText } from '#lib/domain/alerts/subject.ts'
import { incidentTitle } from './incident-words.ts'
import type { IncidentEvent } from './records.ts'

type Told = Pick<IncidentEvent, 'type' | 'actor' | 'text'>

/** So many alerts of one step are told one by one; of more, their number. */
const MOST_ONE_BY_ONE = 5

/** What happened between two states of an incident, in order; `before` null: it began. */
export function incidentEvents(before: Incident | null, after: Incident): Told[] {
  const known = new Map((before?.members ?? []).map((member) => [alertKeyOf(member.labels), member]))
  const fired = after.members.filter((member) => isFiringAnew(known.get(alertKeyOf(member.labels)), member))
  const over = after.members.filter(
    (member) => member.state === 'over' && known.get(alertKeyOf(member.labels))?.state !== 'over',
  )
  return [
    ...(before === null ? [said('began', incidentTitle(after))] : []),
    ...some('alert_fired', fired, (member) => `${member.labels.ruleName}: ${member.sentence}`, 'alerts fire'),
    ...some('alert_over', over, overText, 'alerts are over'),
    ...stateEvents(before, after),
  ]
}

const said = (type: IncidentEvent['type'], text: string, actor: string | null = null): Told => ({
  type,
  actor,
  text,
})

const isFiringAnew = (before: Member | undefined, { state }: Member) =>
  state === 'firing' && (before === undefined || before.state === 'over')

const overText = ({ labels }: Member) => `${labels.ruleName} is over: ${subjectText(labels.subject)}`

function some(
  type: IncidentEvent['type'],
  members: readonly Member[],
  textOf: (member: Member) => string,
  words: string,
): Told[] {
  if (members.length > MOST_ONE_BY_ONE) return [said(type, `${members.length} ${words}`)]
  return members.map((member) => said(type, textOf(member)))
}

function stateEvents(before: Incident | null, after: Incident): Told[] {
  if (after.mergedInto !== null) {
    return before?.mergedInto === after.mergedInto
      ? []
      : [said('merged', `became a part of incident ${after.mergedInto}`)]
  }
  if (before?.state === after.state) return []
  if (after.state === 'recovering')
    return [said('recovering', 'all alerts are good again, and held for a while')]
  if (after.state === 'firing' && before?.state === 'recovering')
    return [said('firing_again', 'it is bad again')]
  return after.state === 'resolved' ? [said('resolved', 'it is over')] : []
}
