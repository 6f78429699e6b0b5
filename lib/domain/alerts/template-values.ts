import type { Severity } from './incident.ts'
import type { NotifiedAlert, Notification, Subject } from './notification.ts'

/** What a template can say. */
export const TEMPLATE_NAMES = [
  'id',
  'notice',
  'severity',
  'title',
  'text',
  'link',
  'at',
  'colour',
  'colour.number',
  'priority',
  'emoji',
  'runbook',
  'incident.id',
  'incident.key',
  'incident.state',
  'incident.since',
  'incident.until',
  'incident.by',
  'alerts',
  'alerts.count',
] as const
export type TemplateName = (typeof TEMPLATE_NAMES)[number]

/** Each value as text; null where the notification has none. */
export type TemplateValues = Readonly<Record<TemplateName, string | null>>

/** No service takes less than this for its longest text, so that none refuses what is cut to it. */
const MAX_TEXT = 2_000
/** How many alerts are listed one by one. */
export const LISTED_ALERTS = 15

const COLOURS: Readonly<Record<Severity | 'good', string>> = {
  critical: 'c0392b',
  warning: 'd68910',
  info: '2e6da4',
  good: '1e8449',
}
/** ntfy's levels: 5 is the most urgent, 3 the default. */
const PRIORITIES: Readonly<Record<Severity | 'good', string>> = {
  critical: '5',
  warning: '4',
  info: '3',
  good: '3',
}
/** Short codes that ntfy, Slack and Discord all know. */
const EMOJI: Readonly<Record<Severity | 'good', string>> = {
  critical: 'rotating_light',
  warning: 'warning',
  info: 'information_source',
  good: 'white_check_mark',
}

/** The values of a notification, each cut to a length that every service takes. */
export function templateValues(notification: Notification): TemplateValues {
  const { incident } = notification
  const mood = moodOf(notification)
  return {
    id: notification.id,
    notice: notification.notice,
    severity: notification.severity,
    title: cut(notification.title, 250),
    text: cut(notification.text, MAX_TEXT),
    link: notification.link,
    at: isoTime(notification.at),
    colour: `#${COLOURS[mood]}`,
    'colour.number': String(parseInt(COLOURS[mood], 16)),
    priority: PRIORITIES[mood],
    emoji: EMOJI[mood],
    ...incidentValues(incident),
  }
}

type IncidentName = Extract<TemplateName, 'runbook' | 'alerts' | `incident.${string}` | 'alerts.count'>

const NO_INCIDENT: Readonly<Record<IncidentName, null>> = {
  runbook: null,
  'incident.id': null,
  'incident.key': null,
  'incident.state': null,
  'incident.since': null,
  'incident.until': null,
  'incident.by': null,
  alerts: null,
  'alerts.count': null,
}

function incidentValues(incident: Notification['incident']): Pick<TemplateValues, IncidentName> {
  if (incident === null) return NO_INCIDENT
  const { alerts, resolvedAt } = incident
  return {
    runbook: runbookOf(alerts),
    'incident.id': incident.id,
    'incident.key': incident.dedupKey,
    'incident.state': incident.state,
    'incident.since': isoTime(incident.startedAt),
    'incident.until': resolvedAt === null ? null : isoTime(resolvedAt),
    'incident.by': incident.acknowledgedBy,
    alerts: alerts.length === 0 ? null : cut(alertLines(alerts).join('\n'), MAX_TEXT),
    'alerts.count': alerts.length === 0 ? null : String(alerts.length),
  }
}

/** The severity, or `good` once it is over. */
export const moodOf = ({ notice, severity }: Notification): Severity | 'good' =>
  notice === 'resolved' ? 'good' : severity

/** `#rrggbb` for a notification: by severity, green once it is over. */
export const colourOf = (notification: Notification): string => `#${COLOURS[moodOf(notification)]}`

/** A line for each alert, the first ones in full and the others as a number. */
export function alertLines(alerts: readonly NotifiedAlert[]): string[] {
  const shown = alerts
    .slice(0, LISTED_ALERTS)
    .map(
      ({ isOver, subject, sentence }) => `${isOver ? 'over' : 'now'}: ${subjectWords(subject)}: ${sentence}`,
    )
  const rest = alerts.length - shown.length
  return rest > 0 ? [...shown, `and ${rest} more`] : shown
}

/** What an alert is about, by name. */
export function subjectWords(subject: Subject): string {
  if (subject.type === 'monitor') return 'Switchyard itself'
  if (subject.type === 'circuit' && subject.model !== null) return `${subject.name}, ${subject.model}`
  return subject.type === 'route' ? `route ${subject.name}` : subject.name
}

/** The first runbook among the alerts that is a web address. */
export const runbookOf = (alerts: readonly NotifiedAlert[]): string | null =>
  alerts.find(({ runbookUrl }) => runbookUrl !== null && /^https?:\/\//i.test(runbookUrl))?.runbookUrl ?? null

/** A time as RFC 3339 writes it. */
export const isoTime = (at: number): string => new Date(at).toISOString()

/** `text`, ended by an ellipsis where it is longer than `length` UTF-16 units; never through the middle of a character. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text
  return `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
