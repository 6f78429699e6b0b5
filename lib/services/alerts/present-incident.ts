import type { IncidentRow } from '#lib/contract/incident-row.ts'
import type {
  DeliveryView,
  IncidentAlert,
  IncidentDetail,
  SubjectView,
  TimelineEntry,
} from '#lib/contract/incident.ts'
import type { FleetEventRecord } from '#lib/contract/circuit.ts'
import type { Incident, Member } from '#lib/domain/alerts/incident.ts'
import type { Subject } from '#lib/domain/alerts/notification.ts'
import { tallyOf } from '#lib/domain/alerts/roster.ts'
import { subjectText } from '#lib/domain/alerts/subject.ts'
import { hasLoud } from '#lib/domain/alerts/tally.ts'
import type { Engine } from '../engine.ts'
import { iso } from '../present/time.ts'
import { eligibleMembers } from '../routing/read-routing.ts'
import { fleetEventText } from './fleet-event-text.ts'
import { incidentTitle } from './incident-words.ts'
import { keptIncident } from './kept-incident.ts'
import type { DeliveryRecord, IncidentEvent, IncidentStory } from './records.ts'

/** An incident as a list shows it. */
export function presentIncidentRow(incident: Incident): IncidentRow {
  const { members, told, acknowledgement } = incident
  const tally = tallyOf(members)
  return {
    id: incident.id,
    causeType: causeTypeOf(incident),
    state: incident.state,
    severity: incident.severity,
    title: incidentTitle(incident),
    startedAt: iso(incident.startedAt),
    resolvedAt: incident.resolvedAt === null ? null : iso(incident.resolvedAt),
    acknowledgement: acknowledgement && { ...acknowledgement, at: iso(acknowledgement.at) },
    mergedInto: incident.mergedInto,
    providerIds: providersOf(incident),
    alerts: {
      firing: tally.firing,
      recovering: tally.present - tally.firing,
      over: members.length - tally.present,
    },
    told: told.lastAt !== null,
    silenced: tally.firing > 0 && !hasLoud(tally),
  }
}

/** The providers that an incident is about, each once. */
export const providersOf = ({ members }: Incident): string[] => [
  ...new Set(members.flatMap(({ labels }) => labels.providerId ?? [])),
]

const CAUSE_TYPES = ['provider', 'route', 'monitor', 'fleet'] as const

const causeTypeOf = ({ cause }: Incident): IncidentRow['causeType'] =>
  CAUSE_TYPES.find((type) => cause === type || cause.startsWith(`${type}:`)) ?? 'provider'

/** An incident with its story; `events` is what happened to the fleet meanwhile. */
export function presentIncident(
  engine: Engine,
  { incident, events, deliveries }: IncidentStory,
  fleetEvents: readonly FleetEventRecord[],
): IncidentDetail {
  const timeline: TimelineEntry[] = [
    ...events.map(eventEntry),
    ...deliveries.map((delivery) => deliveryEntry(engine, delivery)),
    ...fleetEvents.map(fleetEntry),
  ]
  return {
    ...presentIncidentRow(incident),
    dedupKey: incident.dedupKey,
    members: keptIncident(incident).members.map(presentMember),
    timeline: timeline.sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1)),
    routes: affectedRoutes(engine, incident),
  }
}

const presentMember = ({ labels, state, mute, since, overAt, sentence }: Member): IncidentAlert => ({
  ruleId: labels.ruleId,
  ruleName: labels.ruleName,
  condition: labels.condition,
  severity: labels.severity,
  subject: presentSubject(labels.subject),
  providerId: labels.providerId,
  state,
  mutedBy: mute,
  since: iso(since),
  overAt: overAt === null ? null : iso(overAt),
  sentence,
  runbookUrl: labels.runbookUrl,
})

/** A subject as it is read. */
export const presentSubject = (subject: Subject): SubjectView => ({
  type: subject.type,
  id: subject.type === 'monitor' ? null : subject.id,
  model: subject.type === 'circuit' ? subject.model : null,
  text: subjectText(subject),
})

const eventEntry = ({ id, at, type, actor, text }: IncidentEvent): TimelineEntry => ({
  kind: 'event',
  id,
  at: iso(at),
  type,
  actor,
  text,
})

function deliveryEntry(engine: Engine, delivery: DeliveryRecord): TimelineEntry {
  const at = delivery.endedAt ?? delivery.createdAt
  return {
    kind: 'delivery',
    id: delivery.id,
    at: iso(at),
    delivery: presentDelivery(engine, delivery),
  }
}

/** A delivery as it is read. */
export const presentDelivery = (
  { alerting }: Pick<Engine, 'alerting'>,
  delivery: DeliveryRecord,
): DeliveryView => ({
  id: delivery.id,
  channelId: delivery.channelId,
  channelName: alerting.channels.get(delivery.channelId)?.name ?? null,
  notice: delivery.notification.notice,
  title: delivery.notification.title,
  state: delivery.state,
  attempts: delivery.attempts,
  createdAt: iso(delivery.createdAt),
  nextAttemptAt: delivery.nextAttemptAt === null ? null : iso(delivery.nextAttemptAt),
  endedAt: delivery.endedAt === null ? null : iso(delivery.endedAt),
  lastResult: delivery.lastResult,
  incidentId: delivery.incidentId,
})

const fleetEntry = (event: FleetEventRecord): TimelineEntry => ({
  kind: 'fleet',
  id: event.id,
  at: event.at,
  providerId: event.providerId,
  ...fleetEventText(event),
})

function affectedRoutes(engine: Engine, incident: Incident): IncidentDetail['routes'] {
  const { routing, clock } = engine
  const providers = new Set(providersOf(incident))
  const named = new Set(
    incident.members.flatMap(({ labels }) => (labels.subject.type === 'route' ? labels.subject.id : [])),
  )
  return [...routing.routes.values()]
    .filter(
      ({ name, members }) => named.has(name) || members.some(({ providerId }) => providers.has(providerId)),
    )
    .map((route) => ({
      name: route.name,
      members: route.members.length,
      eligible: eligibleMembers(engine, route),
      calls: routing.live.get(route.name)?.traffic.requests(clock.now()).count ?? 0,
    }))
}
