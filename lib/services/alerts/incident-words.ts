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
  if (cause === 'fleet') {
    const providers = new Set(members.flatMap(({ labels }) => labels.providerId ?? []))
    return `${providers.size} providers are in trouble: ${lead.labels.ruleName}`
  }
  return lead.sentence === '' ? `${lead.labels.ruleName}: ${subjectText(lead.labels.subject)}` : lead.sentence
}

const ORDER = ['critical', 'warning', 'info']
const isOver = ({ state }: Member) => (state === 'over' ? 1 : 0)

/** The alert that stands for the rest: one that is told, the worst, the first. */
function leadOf(members: readonly Member[]): Member | null {
  const sorted = [...members].sort(
    (a, b) =>
      Number(b.mute === null) - Number(a.mute === null) ||
      isOver(a) - isOver(b) ||
      ORDER.indexOf(a.labels.severity) - ORDER.indexOf(b.labels.severity) ||
      a.since - b.since,
  )
  return sorted[0] ?? null
}

/** The alerts that a message tells of one by one, those that fire first, and how many more there are. */
export function toldAlerts({ members }: Incident): { shown: Member[]; more: number } {
  const sorted = [...members].sort(
    (a, b) => Number(isLoud(b)) - Number(isLoud(a)) || isOver(a) - isOver(b) || a.since - b.since,
  )
  return { shown: sorted.slice(0, MOST_TOLD), more: Math.max(0, sorted.length - MOST_TOLD) }
}
