import { isLoud, type Incident, type Member } from '#lib/domain/alerts/incident.ts'
import { subjectText } from '#lib/domain/alerts/subject.ts'

const MOST_TITLE = 120
/** So many alerts are told of one by one. */
export const MOST_TOLD = 20

/** What has happened, in a line of at most 120 characters. */
export function incidentTitle(incident: Incident): string {
  const head = headOf(incident)
  return head.length <= MOST_TITLE ? head : `${head.slice(0, MOST_TITLE - 1)}…`
}

function headOf({ cause, members }: Incident): string {
  const lead = leadOf(members)
  if (lead === null) return 'Nothing is wrong'
  if (cause === 'fleet') return `${providersIn(members)} providers are in trouble: ${lead.labels.ruleName}`
  return lead.sentence === '' ? `${lead.labels.ruleName}: ${subjectText(lead.labels.subject)}` : lead.sentence
}

function providersIn(members: readonly Member[]): number {
  const providers = new Set<string>()
  for (const { labels } of members) if (labels.providerId !== null) providers.add(labels.providerId)
  return providers.size
}

const ORDER = ['critical', 'warning', 'info']
const isOver = ({ state }: Member) => (state === 'over' ? 1 : 0)

/** The alert that stands for the rest: one that is told, the worst, the first. */
function leadOf(members: readonly Member[]): Member | null {
  const [lead = null] = firstOf(
    members,
    1,
    (a, b) =>
      Number(b.mute === null) - Number(a.mute === null) ||
      isOver(a) - isOver(b) ||
      ORDER.indexOf(a.labels.severity) - ORDER.indexOf(b.labels.severity) ||
      a.since - b.since,
  )
  return lead
}

/** The alerts that a message tells of one by one, those that fire first, and how many more there are. */
export function toldAlerts({ members }: Incident): { shown: Member[]; more: number } {
  const shown = firstOf(
    members,
    MOST_TOLD,
    (a, b) => Number(isLoud(b)) - Number(isLoud(a)) || isOver(a) - isOver(b) || a.since - b.since,
  )
  return { shown, more: Math.max(0, members.length - MOST_TOLD) }
}

/** The first so many in an order, as sorting would have them; there may be hundreds of thousands. */
function firstOf(
  members: readonly Member[],
  most: number,
  order: (a: Member, b: Member) => number,
): Member[] {
  const first: Member[] = []
  for (const member of members) {
    const last = first.at(-1)
    if (first.length === most && last !== undefined && order(last, member) <= 0) continue
    const place = first.findIndex((each) => order(each, member) > 0)
    first.splice(place === -1 ? first.length : place, 0, member)
    if (first.length > most) first.pop()
  }
  return first
}
