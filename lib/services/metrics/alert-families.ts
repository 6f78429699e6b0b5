import type { AlertState } from '#lib/domain/alerts/alert-table.ts'
import { SEVERITIES } from '#lib/domain/alerts/incident.ts'
import { isInForce } from '#lib/domain/alerts/silence.ts'
import { silencesAt } from '../alerts/alerting.ts'
import { DELIVERY_RESULTS } from '../alerts/channel-line.ts'
import type { Engine } from '../engine.ts'
import type { Family, Sample } from './family.ts'

// What is inactive or resolved is not kept: there would always be none.
const GOING_ON = ['pending', 'firing', 'recovering'] as const satisfies readonly AlertState[]

function* alertsByState({ alerting }: Engine): Generator<Sample> {
  const alerts = [...alerting.book.alerts.values()].flatMap((ofRule) => [...ofRule.values()])
  for (const state of GOING_ON)
    yield { labels: { state }, value: alerts.filter((alert) => alert.course.state === state).length }
}

function* incidentsBySeverity({ alerting }: Engine): Generator<Sample> {
  const incidents = [...alerting.book.incidents.values()]
  for (const severity of SEVERITIES)
    yield {
      labels: { severity },
      value: incidents.filter((incident) => incident.severity === severity).length,
    }
}

/** What is wrong, and whether anybody hears of it. */
export const ALERT_FAMILIES: readonly Family<Engine>[] = [
  {
    name: 'switchyard_incidents_active',
    help: 'Incidents that are not over, by their severity.',
    type: 'gauge',
    labels: ['severity'],
    read: incidentsBySeverity,
  },
  {
    name: 'switchyard_alerts_active',
    help: 'Alerts that are not quiet, by their state; each is a rule about one subject.',
    type: 'gauge',
    labels: ['state'],
    read: alertsByState,
  },
  {
    name: 'switchyard_silences_active',
    help: 'Silences and maintenance windows that hold now.',
    type: 'gauge',
    labels: [],
    read: ({ alerting, clock }) => {
      const now = clock.now()
      const holding = silencesAt(alerting, now).filter((silence) => isInForce(silence, now))
      return [{ labels: {}, value: holding.length }]
    },
  },
  {
    name: 'switchyard_notifications_total',
    help: 'Attempts to tell a channel, by result: delivered, to be tried again, or given up for good.',
    type: 'counter',
    labels: ['channel', 'result'],
    read: function* ({ alerting }) {
      for (const channel of alerting.channels.keys()) {
        const results = alerting.outbox.results(channel)
        for (const result of DELIVERY_RESULTS) yield { labels: { channel, result }, value: results[result] }
      }
    },
  },
  {
    name: 'switchyard_outbox_waiting_rows',
    help: 'Notifications that wait to be delivered to a channel.',
    type: 'gauge',
    labels: ['channel'],
    read: function* ({ alerting }) {
      for (const channel of alerting.channels.keys())
        yield { labels: { channel }, value: alerting.outbox.health(channel).waiting }
    },
  },
]
