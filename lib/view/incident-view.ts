import type { IncidentRow } from '#lib/contract/incident-row.ts'
import type { IncidentAlert } from '#lib/contract/incident.ts'
import type { IncidentState, Severity } from '#lib/domain/alerts/incident.ts'
import { formatCount, inWords, plural } from './format.ts'
import { keepUnits } from './keep-units.ts'

/** The icon that stands beside a severity's word. */
export const SEVERITY_ICON = {
  critical: 'unhealthy',
  warning: 'degraded',
  info: 'marker',
} as const satisfies Record<Severity, string>

/** A severity in a word. */
export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  warning: 'Warning',
  info: 'Info',
}

/** An incident's state in a word. */
export const INCIDENT_STATE_WORDS: Readonly<Record<IncidentState, string>> = {
  pending: 'Pending',
  firing: 'Firing',
  recovering: 'Recovering',
  resolved: 'Resolved',
}

type Loud = Pick<IncidentRow, 'state' | 'silenced'>

/** Whether it wants somebody now: it fires, and nobody has silenced all of it. */
export const isLoudIncident = ({ state, silenced }: Loud): boolean => state === 'firing' && !silenced

/** How many want somebody now: the count of the navigation and of the window's title. */
export const loudCount = (incidents: readonly Loud[]): number => incidents.filter(isLoudIncident).length

/** What the list is filtered by, as the URL has it; null: whatever it may be. */
export type IncidentFilter = { state: IncidentState | null; provider: string | null }

/** Whether an incident is of the state and about the provider that are asked for. */
export const matchesFilter = (incident: IncidentRow, { state, provider }: IncidentFilter): boolean =>
  (state === null || incident.state === state) &&
  (provider === null || incident.providerIds.includes(provider))

/** The page's first line: what fires, else what begins, else what fires and is told to nobody, else how calm it is. */
export function incidentsHeadline(open: readonly IncidentRow[]): string {
  if (open.length === 0) return 'No incident is open'
  const firing = sentence(open.filter(isLoudIncident), 'firing')
  if (firing !== null) return firing
  const beginning = open.filter(({ state, silenced }) => state === 'pending' && !silenced)
  const muted = open.filter(({ state }) => state === 'firing')
  return sentence(beginning, 'beginning') ?? sentence(muted, 'firing, but muted') ?? calm(open)
}

function sentence(incidents: readonly IncidentRow[], verb: string): string | null {
  const [first] = incidents
  if (first === undefined) return null
  return incidents.length === 1
    ? `1 incident is ${verb}: ${keepUnits(first.title)}`
    : `${plural(incidents.length, 'incident')} are ${verb}`
}

function calm(open: readonly IncidentRow[]): string {
  const verb = open.length === 1 ? 'is' : 'are'
  return `Nothing wants you now; ${plural(open.length, 'incident')} ${verb} open`
}

/** How many alerts an incident has, and of how many what holds: `3 alerts: 2 firing, 1 over`. */
export function alertsWords({ firing, recovering, over }: IncidentRow['alerts']): string {
  const parts = Object.entries({ firing, recovering, over }).filter(([, count]) => count > 0)
  const all = plural(firing + recovering + over, 'alert')
  const [only] = parts
  if (only === undefined) return all
  if (parts.length === 1) return `${all}, ${firing + recovering + over === 1 ? '' : 'all '}${only[0]}`
  return `${all}: ${parts.map(([word, count]) => `${formatCount(count)} ${word}`).join(', ')}`
}

/** What was seen, and about what where the sentence does not name it. */
export function seenWords({ subject, sentence }: Pick<IncidentAlert, 'subject' | 'sentence'>): string {
  if (sentence === '') return subject.text
  return keepUnits(sentence.includes(subject.text) ? sentence : `${subject.text}: ${sentence}`)
}

/** Why nobody is told of an alert by itself; null where somebody is. */
export function muteWords(mutedBy: IncidentAlert['mutedBy']): string | null {
  if (mutedBy === null) return null
  return mutedBy === 'silence' ? 'silenced' : `explained by: ${inWords(mutedBy)}`
}

const MINUTE_MS = 60_000
const LEAST_MARGIN_MS = 5 * MINUTE_MS

/**
 * The stretch that an incident's charts show: from a little before it to a little after its end, or to `now` at most,
 * on whole minutes, so that it stays the same for a minute.
 */
export function incidentWindow(
  { startedAt, resolvedAt }: Pick<IncidentRow, 'startedAt' | 'resolvedAt'>,
  now: number,
): { from: number; to: number } {
  const begin = Date.parse(startedAt)
  const end = resolvedAt === null ? now : Date.parse(resolvedAt)
  const marginMs = Math.max(LEAST_MARGIN_MS, (end - begin) / 4)
  const latest = Math.max(now, end)
  return {
    from: Math.floor((begin - marginMs) / MINUTE_MS) * MINUTE_MS,
    to: Math.ceil(Math.min(latest, end + marginMs) / MINUTE_MS) * MINUTE_MS,
  }
}

/** So many providers' charts are shown at most; of more, an incident is not about any one of them. */
export const MOST_CHARTED = 3
