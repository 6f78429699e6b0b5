import type { Incident } from '#lib/domain/alerts/incident.ts'
import { tick, type Tick } from '#lib/domain/alerts/tick.ts'
import { emptyEntry } from '../drive-circuit.ts'
import type { Engine } from '../engine.ts'
import { compiledRules, silencesAt, type Alerting } from './alerting.ts'
import type { ProviderEntry } from '../provider-entry.ts'
import { gatherFacts } from './gather-facts.ts'
import { groupingOf } from './grouping-of.ts'
import { incidentEvents } from './incident-events.ts'
import { deliveriesOf, notificationOf } from './notification-of.ts'
import { emptyAlerting, type DeliveryRecord } from './records.ts'

/** How long a notification waits to be on disk before it is sent all the same: an alarm is worth more than its copy. */
const COMMIT_WAIT_MS = 2_000

/**
 * Evaluates rules about whom there is something to see, as far as it comes, and brings all incidents to now. What came of
 * it is kept in journal entries: incidents, their events and the notifications about them; these go out once the entry
 * that has them is written. Returns when something is due if nothing else happens, epoch ms; null: never.
 */
export function watchAlerts(engine: Engine): number | null {
  const { alerting, clock } = engine
  const now = clock.now()
  const result = tick(alerting.book, inputOf(engine, now))
  const before = alerting.book.incidents
  alerting.book = result.book
  alerting.round.leave(result.left.flatMap(({ providerId }) => providerId ?? []))
  note(engine, { result, before, now })
  keep(engine, { result, now })
  for (const { id } of result.incidents) engine.bus.emit({ type: 'incident', incidentId: id })
  if (result.left.length > 0 || alerting.unsaved.size > 0) return now
  return earliest(result.nextAt, result.nextVerdictAt)
}

function inputOf(engine: Engine, now: number) {
  const { alerting, routing, fleet } = engine
  // A rule that is new, or another than before, is about everybody.
  if (alerting.compiled === null) alerting.round.beginAnew()
  alerting.counts.sampleRoutes({ routing }, now)
  alerting.counts.forget({ fleet, routing })
  return {
    rules: compiledRules(alerting),
    subjects: gatherFacts(engine, alerting.world.selfHealth(), lookedAt(engine, now)),
    enabledProviders: enabledIn(fleet),
    context: { now, windows: alerting.counts.at(now, fleet) },
    silences: silencesAt(alerting, now),
    policy: groupingOf(fleet.settings.settings),
    channelsOf: (incident: Incident) => channelsOf(alerting, incident),
    newId: engine.newId,
  }
}

/** Those whose turn it is, and all of whom there is an alert. */
function lookedAt({ alerting, fleet }: Engine, now: number): Set<ProviderEntry> {
  const entries = alerting.round.take(fleet, now)
  for (const alerts of alerting.book.alerts.values()) {
    const [alert] = alerts.values()
    const providerId = alert?.labels.providerId ?? null
    const entry = providerId === null ? undefined : fleet.entries.get(providerId)
    if (entry !== undefined) entries.add(entry)
  }
  return entries
}

function enabledIn({ entries }: Engine['fleet']): number {
  let count = 0
  for (const { provider } of entries.values()) if (provider.enabled) count += 1
  return count
}

/** The channels that the rules of an incident's loud alerts tell, those that are enabled. */
function channelsOf({ rules, channels }: Alerting, { members }: Incident): string[] {
  const enabled = [...channels.values()].filter((channel) => channel.enabled).map(({ id }) => id)
  const told = new Set<string>()
  for (const { labels, mute, state } of members) {
    if (mute !== null || state === 'over') continue
    const named = rules.get(labels.ruleId)?.channels ?? null
    for (const id of named ?? enabled) told.add(id)
    // An incident may have hundreds of thousands.
    if (named === null) break
  }
  return enabled.filter((id) => told.has(id))
}

type Kept = { result: Tick; now: number }

/** Takes notice of the incidents that changed, and of what happened in them. */
function note(
  { alerting, newId }: Engine,
  { result, before, now }: Kept & { before: ReadonlyMap<string, Incident> },
): void {
  for (const incident of result.incidents) {
    const told = incidentEvents(before.get(incident.id) ?? null, incident)
    const events = told.map((each) => ({ ...each, id: newId(), incidentId: incident.id, at: now }))
    alerting.unsaved.add(incident, events)
  }
}

/** Has what is to be written now be written, and then sends. */
function keep({ alerting, journal, wait }: Engine, { result, now }: Kept): void {
  const deliveries = result.due.flatMap(({ incident, ...due }): DeliveryRecord[] => {
    const link = alerting.world.linkTo(`/incidents/${encodeURIComponent(incident.id)}`)
    return deliveriesOf(notificationOf(incident, due, { at: now, link }), due)
  })
  const saved = alerting.unsaved.take(result.due.map(({ incident }) => incident.id))
  if (saved.incidents.length === 0 && deliveries.length === 0) return
  const written = journal.commit({ ...emptyEntry, alerting: { ...emptyAlerting, ...saved, deliveries } })
  if (deliveries.length === 0) return
  void Promise.race([written, wait(COMMIT_WAIT_MS)]).then(() => alerting.outbox.add(deliveries))
}

/** Has all incidents be written that were not yet: nobody will look again. */
export function writeIncidents({ alerting, journal }: Pick<Engine, 'alerting' | 'journal'>): void {
  const saved = alerting.unsaved.takeAll()
  if (saved.incidents.length === 0) return
  void journal.commit({ ...emptyEntry, alerting: { ...emptyAlerting, ...saved } })
}

const earliest = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b)
