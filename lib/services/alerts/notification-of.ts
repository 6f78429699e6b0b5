import type { Incident, Member } from '#lib/domain/alerts/incident.ts'
import type { Notice, NotifiedAlert, Notification } from '#lib/domain/alerts/notification.ts'
import type { Due } from '#lib/domain/alerts/step-incident.ts'
import { incidentTitle, toldAlerts } from './incident-words.ts'
import type { DeliveryRecord } from './records.ts'

const HEADS: Record<Notice, string> = {
  triggered: '',
  updated: 'Update: ',
  repeated: 'Still: ',
  acknowledged: 'Acknowledged: ',
  resolved: 'Resolved: ',
  settings_changed: '',
  test: '',
}

type Facts = { at: number; link: string | null }

/** What is told of an incident, the same to every channel. */
export function notificationOf(
  incident: Incident,
  { notice, sequence }: Pick<Due, 'notice' | 'sequence'>,
  { at, link }: Facts,
): Notification {
  const { shown, more } = toldAlerts(incident)
  return {
    id: `${incident.id}#${sequence}`,
    notice,
    incident: {
      id: incident.id,
      dedupKey: incident.dedupKey,
      state: incident.state,
      startedAt: incident.startedAt,
      resolvedAt: incident.resolvedAt,
      acknowledgedBy: incident.acknowledgement?.by ?? null,
      alerts: shown.map(notifiedAlert),
    },
    severity: incident.severity,
    title: `${HEADS[notice]}${incidentTitle(incident)}`.slice(0, 120),
    text: [...sentencesOf(incident, notice, shown), ...(more > 0 ? [`And ${more} more.`] : [])].join(' '),
    link,
    at,
  }
}

const notifiedAlert = ({ labels, state, sentence, since, formerly }: Member): NotifiedAlert => ({
  ruleId: labels.ruleId,
  ruleName: labels.ruleName,
  severity: labels.severity,
  subject: labels.subject,
  isOver: state === 'over',
  sentence,
  since,
  runbookUrl: labels.runbookUrl,
  formerly,
})

function sentencesOf(
  { acknowledgement, startedAt, resolvedAt }: Incident,
  notice: Notice,
  shown: readonly Member[],
) {
  if (notice === 'resolved' && resolvedAt !== null)
    return [`It is over after ${minutesText(resolvedAt - startedAt)}.`]
  if (notice === 'acknowledged' && acknowledgement !== null) {
    const note = acknowledgement.note === null ? '' : ` ${acknowledgement.note}`
    return [`${acknowledgement.by} has seen it.${note}`]
  }
  const present = shown.filter(({ state }) => state !== 'over')
  const sentences = present.slice(0, 2).map(({ sentence }) => ended(sentence))
  return present.some(({ isFlapping }) => isFlapping) ? [...sentences, FLAPPING] : sentences
}

const FLAPPING = 'It flaps: it stays one alarm until it has been steady for a while.'

const ended = (sentence: string) => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`)

function minutesText(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000))
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
}

/** The deliveries of one notification, one to each channel. */
export const deliveriesOf = (
  notification: Notification,
  { channels, sequence }: Pick<Due, 'channels' | 'sequence'>,
): DeliveryRecord[] =>
  channels.map((channelId) => ({
    id: `${notification.id}>${channelId}`,
    incidentId: notification.incident?.id ?? null,
    channelId,
    position: sequence,
    notification,
    state: 'waiting',
    attempts: 0,
    nextAttemptAt: notification.at,
    createdAt: notification.at,
    endedAt: null,
    lastResult: null,
  }))
