import type { ChannelSettings } from '#lib/contract/channel.ts'
import type { NotifiedAlert, Notification, Subject } from '#lib/domain/alerts/notification.ts'
import { isoTime, subjectWords } from '#lib/domain/alerts/template-values.ts'
import { nothingToSay, toSend } from './channel-adapter.ts'
import { httpChannel } from './http-channel.ts'

/** How long a test alert fires. */
const TEST_MS = 300_000

type Settings = ChannelSettings<'alertmanager'>

/**
 * Alertmanager's API v2, so that the routing there is used: an alert for each of the incident's, told apart by its
 * labels. Alertmanager forgets what it no longer hears of, which we do at each repeat alone: `endsAt` lies ahead by
 * `holdMs` until the alert is over.
 */
export const alertmanager = httpChannel<'alertmanager'>(({ settings, secrets }, notification) => {
  const { notice, incident } = notification
  if (notice === 'settings_changed') return nothingToSay('Alertmanager knows no changes of settings.')
  if (notice === 'acknowledged') return nothingToSay('Alertmanager knows no acknowledgements.')
  const alerts =
    incident === null
      ? [testAlert(notification, settings)]
      : incident.alerts.flatMap((alert) =>
          underAllNames(alert).map((each) => alertOf(each, notification, settings)),
        )
  if (alerts.length === 0) return nothingToSay('The incident has no alerts.')
  return toSend({
    url: `${settings.baseUrl.replace(/\/+$/, '')}/api/v2/alerts`,
    headers: { 'content-type': 'application/json', ...authorization(settings.user, secrets.credential) },
    body: JSON.stringify(alerts),
  })
})

/** The alert, and as over what it was known by before: to Alertmanager, other labels are another alert. */
const underAllNames = (alert: NotifiedAlert): NotifiedAlert[] => [
  ...alert.formerly.map((naming) => ({ ...alert, ...naming, isOver: true })),
  alert,
]

function alertOf(alert: NotifiedAlert, notification: Notification, settings: Settings) {
  const { at, notice, incident, title, link } = notification
  const isOver = alert.isOver || notice === 'resolved'
  const endedAt = incident?.resolvedAt ?? at
  return {
    labels: {
      ...settings.labels,
      alertname: alert.ruleName,
      severity: alert.severity,
      rule: alert.ruleId,
      ...subjectLabels(alert.subject),
    },
    annotations: {
      summary: `${subjectWords(alert.subject)}: ${alert.sentence}`,
      description: title,
      ...(incident === null ? {} : { incident: incident.id }),
      ...(alert.runbookUrl === null ? {} : { runbook_url: alert.runbookUrl }),
    },
    startsAt: isoTime(alert.since),
    // It refuses an alert that ends before it begins.
    endsAt: isoTime(isOver ? Math.max(endedAt, alert.since) : at + settings.holdMs),
    ...(link === null ? {} : { generatorURL: link }),
  }
}

/** Labels that stay the same as long as the alert is the same one, so ids, which no operator changes, and no names. */
function subjectLabels(subject: Subject): Readonly<Record<string, string>> {
  switch (subject.type) {
    case 'provider':
      return { subject: 'provider', instance: subject.id, provider: subject.id }
    case 'circuit':
      return {
        subject: 'circuit',
        instance: subject.id,
        provider: subject.id,
        ...(subject.model === null ? {} : { model: subject.model }),
      }
    case 'route':
      return { subject: 'route', instance: subject.id, route: subject.id }
    case 'monitor':
      return { subject: 'monitor', instance: 'switchyard' }
  }
}

const testAlert = ({ id, severity, title, text, at, link }: Notification, settings: Settings) => ({
  labels: { ...settings.labels, alertname: 'SwitchyardTest', severity, instance: id },
  annotations: { summary: title, description: text },
  startsAt: isoTime(at),
  endsAt: isoTime(at + TEST_MS),
  ...(link === null ? {} : { generatorURL: link }),
})

function authorization(user: string | null, credential: string | null): Readonly<Record<string, string>> {
  if (credential === null) return {}
  if (user === null) return { authorization: `Bearer ${credential}` }
  return { authorization: `Basic ${Buffer.from(`${user}:${credential}`).toString('base64')}` }
}
