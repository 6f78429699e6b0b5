import { acknowledgeAlert, isActive, type Acknowledgement, type Alert, type AlertLabels } from './alert.ts'
import { evaluateRules, type AlertChange, type AlertMap, type CompiledRule } from './evaluate-rules.ts'
import type { EvaluationContext, SubjectFacts } from './facts.ts'
import { groupAlerts } from './grouping.ts'
import type { GroupingPolicy } from './grouping-policy.ts'
import { acknowledgeIncident, refreshMembers, type Incident, type Mute } from './incident.ts'
import { inhibitedBy, inhibitorsAt, NO_INHIBITORS, type Inhibitors } from './inhibition.ts'
import { silenceOf, type Silence } from './silence.ts'
import { stepIncident, type Due } from './step-incident.ts'

/** All that is going on: alerts that are not quiet, incidents that are open, and what inhibits. */
export type AlertBook = {
  alerts: AlertMap
  incidents: ReadonlyMap<string, Incident>
  inhibitors: Inhibitors
}

/** Nothing is going on. */
export const EMPTY_BOOK: AlertBook = { alerts: new Map(), incidents: new Map(), inhibitors: NO_INHIBITORS }

/**
 * What a tick looks at. Of `subjects`, which are providers that are enabled, their circuits, routes and the monitor, those
 * may be left out of which there is no alert in the book and nothing new to be seen.
 */
export type TickInput = {
  rules: readonly CompiledRule[]
  subjects: readonly SubjectFacts[]
  /** How many providers there are to be watched, left out or not. */
  enabledProviders: number
  context: EvaluationContext
  silences: readonly Silence[]
  policy: GroupingPolicy
  channelsOf: (incident: Incident) => readonly string[]
  /** An id that no incident has had: asked for each that begins. */
  newId: () => string
}

/**
 * What a tick brought: the book afterwards, what of it is to be stored (incidents that are over among it), and the
 * notices to be queued in the same commit. `nextAt`: when the next notice is due if nothing else happens; null: never.
 */
export type Tick = {
  book: AlertBook
  alerts: readonly AlertChange[]
  incidents: readonly Incident[]
  due: readonly (Due & { incident: Incident })[]
  nextAt: number | null
}

/** Evaluates everything once, and brings every incident to now. The book it is given stays as it is. */
export function tick(book: AlertBook, input: TickInput): Tick {
  const { context, subjects, policy, channelsOf } = input
  const { now } = context
  const { alerts, changes } = evaluateRules(book.alerts, input)
  const present = [...alerts.values()].flatMap((ofRule) => [...ofRule.values()])
  const isMonitorDown = subjects.some(
    (facts) => facts.type === 'monitor' && (facts.isImpaired || facts.isEgressDown),
  )
  const inhibitors = inhibitorsAt(book.inhibitors, { alerts: present, isMonitorDown, now })
  const muteOf = (labels: AlertLabels): Mute | null =>
    inhibitedBy(labels, inhibitors) ?? (silenceOf(labels, input.silences, now) === null ? null : 'silence')
  const alertOf = ({ ruleId, subjectKey }: AlertLabels) => alerts.get(ruleId)?.get(subjectKey) ?? null
  const open = [...book.incidents.values()].map((incident) =>
    refreshMembers(incident, { now, alertOf, muteOf }),
  )
  const grouped = groupAlerts({
    open,
    alerts: present.filter(isActive),
    muteOf,
    newId: input.newId,
    enabledProviders: input.enabledProviders,
    policy,
    now,
  })
  const steps = grouped.map((incident) => stepIncident(incident, { now, policy, channelsOf }))
  const deadlines = steps.flatMap(({ nextAt }) => (nextAt === null ? [] : [nextAt]))
  return {
    book: { alerts, inhibitors, incidents: openById(steps.map(({ incident }) => incident)) },
    alerts: changes,
    incidents: steps
      .map(({ incident }) => incident)
      .filter((incident) => book.incidents.get(incident.id) !== incident),
    due: steps.flatMap(({ incident, due }) => due.map((each) => ({ ...each, incident }))),
    nextAt: deadlines.length === 0 ? null : Math.min(...deadlines),
  }
}

/** The book with an incident and its alarms acknowledged; the notice of it is due at the next tick. */
export function acknowledge(
  book: AlertBook,
  incidentId: string,
  acknowledgement: Acknowledgement,
): AlertBook {
  const incident = book.incidents.get(incidentId)
  if (incident === undefined) return book
  const alerts = new Map(book.alerts)
  for (const { labels, state } of incident.members) {
    const ofRule = alerts.get(labels.ruleId)
    const alert = ofRule?.get(labels.subjectKey)
    if (state === 'over' || ofRule === undefined || alert === undefined) continue
    alerts.set(
      labels.ruleId,
      new Map(ofRule).set(labels.subjectKey, acknowledgeAlert(alert, acknowledgement)),
    )
  }
  const incidents = new Map(book.incidents).set(incidentId, acknowledgeIncident(incident, acknowledgement))
  return { ...book, alerts, incidents }
}

/** The book as it was stored: alerts that are pending or alarms, and open incidents. */
export function bookOf(alerts: readonly Alert[], incidents: readonly Incident[]): AlertBook {
  const byRule = new Map<string, Map<string, Alert>>()
  for (const alert of alerts) {
    const ofRule = byRule.get(alert.labels.ruleId) ?? new Map<string, Alert>()
    byRule.set(alert.labels.ruleId, ofRule.set(alert.labels.subjectKey, alert))
  }
  return { alerts: byRule, incidents: openById(incidents), inhibitors: NO_INHIBITORS }
}

const openById = (incidents: readonly Incident[]): ReadonlyMap<string, Incident> =>
  new Map(incidents.filter(({ state }) => state !== 'resolved').map((incident) => [incident.id, incident]))
