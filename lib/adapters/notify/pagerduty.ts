import type { Notice, Notification } from '#lib/domain/alerts/notification.ts'
import { alertLines, cut, isoTime, runbookOf, subjectWords } from '#lib/domain/alerts/template-values.ts'
import { cannotSend, toSend } from './channel-adapter.ts'
import { httpChannel } from './http-channel.ts'

/** The longest summary that Events API v2 takes. */
const MAX_SUMMARY = 1_024
/** The longest dedup key. */
const MAX_DEDUP_KEY = 255

/** A repeat or an update triggers again: under a known key that adds to the alert there is. */
const ACTIONS: Readonly<Record<Exclude<Notice, 'settings_changed'>, 'trigger' | 'acknowledge' | 'resolve'>> =
  {
    triggered: 'trigger',
    updated: 'trigger',
    repeated: 'trigger',
    test: 'trigger',
    acknowledged: 'acknowledge',
    resolved: 'resolve',
  }

/** PagerDuty's Events API v2: an alert for each incident, and a change event for a change of settings. */
export const pagerduty = httpChannel<'pagerduty'>(({ settings, secrets }, notification) => {
  const { routingKey } = secrets
  if (routingKey === null) return cannotSend('The routing key is not set.')
  const { notice } = notification
  const isChange = notice === 'settings_changed'
  const event = isChange ? changeEvent(notification) : alertEvent(notification, ACTIONS[notice])
  const base = settings.baseUrl.replace(/\/+$/, '')
  return toSend({
    url: `${base}/v2/${isChange ? 'change/enqueue' : 'enqueue'}`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ routing_key: routingKey, ...event }),
  })
})

function alertEvent(notification: Notification, action: 'trigger' | 'acknowledge' | 'resolve') {
  const { id, incident, link } = notification
  const event = { event_action: action, dedup_key: (incident?.dedupKey ?? id).slice(0, MAX_DEDUP_KEY) }
  if (action !== 'trigger') return event
  return {
    ...event,
    client: 'Switchyard',
    ...(link === null ? {} : { client_url: link }),
    payload: payloadOf(notification),
    links: linksOf(notification),
  }
}

function payloadOf({ title, text, severity, incident, at }: Notification) {
  const about = {
    summary: cut(title, MAX_SUMMARY),
    severity,
    timestamp: isoTime(incident?.startedAt ?? at),
    custom_details: {
      text,
      alerts: alertLines(incident?.alerts ?? []),
      incident: incident?.id ?? null,
    },
  }
  const first = incident?.alerts[0]
  if (first === undefined) return { ...about, source: 'Switchyard', component: 'switchyard' }
  const { subject, ruleName } = first
  return { ...about, source: subjectWords(subject), component: subject.type, class: ruleName }
}

const changeEvent = (notification: Notification) => ({
  payload: {
    summary: cut(notification.title, MAX_SUMMARY),
    source: 'Switchyard',
    timestamp: isoTime(notification.at),
    custom_details: { text: notification.text },
  },
  links: linksOf(notification),
})

function linksOf({ link, incident }: Notification) {
  const runbook = runbookOf(incident?.alerts ?? [])
  return [
    ...(link === null ? [] : [{ href: link, text: 'Open in Switchyard' }]),
    ...(runbook === null ? [] : [{ href: runbook, text: 'Runbook' }]),
  ]
}
