import { acknowledgeAlert, type Acknowledgement, type Alert, type AlertLabels } from './alert.ts'
import { causeOf } from './cause.ts'
import type { CompiledRule } from './compiled-rule.ts'
import type { AlertChange } from './evaluate-subject.ts'
import { evaluateSubjects, type AlertMap, type Evaluations } from './evaluate-subjects.ts'
import type { EvaluationContext, SubjectFacts } from './facts.ts'
import { groupAlerts, type Homeless } from './grouping.ts'
import type { GroupingPolicy } from './grouping-policy.ts'
import { acknowledgeIncident, type Incident, type Member } from './incident.ts'
import { inhibitorsAt, isCause, NO_INHIBITORS, type Inhibitors } from './inhibition.ts'
import { muteAt, remutedBetween } from './muting.ts'
import { refreshIncidents } from './refresh-incidents.ts'
import { eachAs } from './roster.ts'
import { isInForce, type Silence } from './silence.ts'
import { stepIncident, type Due } from './step-incident.ts'

/** All that is going on: alerts that are not quiet, incidents that are open, and what keeps them from being told. */
export type AlertBook = Evaluations & {
  incidents: ReadonlyMap<string, Incident>
  inhibitors: Inhibitors
  homeless: Homeless
  /** The silences that were in force at the latest tick; null before the first. */
  silences: readonly Silence[] | null
}

/** Nothing is going on. */
export const EMPTY_BOOK: AlertBook = {
  alerts: new Map(),
  looks: new Map(),
  incidents: new Map(),
  inhibitors: NO_INHIBITORS,
  homeless: new Map(),
  silences: null,
}

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
  /** How many pairs of rule and subject it may have to work on before it begins no further subject. */
  mostSteps?: number
}

/** As many as take some 10 ms where everything begins to fire. */
export const MOST_STEPS = 2_500

/**
 * What a tick brought: the book afterwards, what of it is to be stored (incidents that are over among it), and the
 * notices to be queued in the same commit. `nextAt`: when the next notice is due if nothing else happens;
 * `nextVerdictAt`: when the next alert has held for as long as its rule asks; null: never.
 */
export type Tick = {
  book: AlertBook
  alerts: readonly AlertChange[]
  incidents: readonly Incident[]
  due: readonly (Due & { incident: Incident })[]
  nextAt: number | null
  nextVerdictAt: number | null
  /** The subjects that it did not reach, as it had done enough; they are to come first in the next. */
  left: readonly SubjectFacts[]
}

/** Evaluates what it reaches, and brings every incident to now. The book it is given stays as it is. */
export function tick(book: AlertBook, input: TickInput): Tick {
  const { context, policy, channelsOf } = input
  const { now } = context
  const { changes, left, ...evaluations } = evaluateSubjects(book, {
    ...input,
    mostSteps: input.mostSteps ?? MOST_STEPS,
  })
  const { alerts } = evaluations
  const muting = { inhibitors: inhibitorsAfter(book, alerts, { changes, input }), silences: inForce(input) }
  const remuted = remutedBetween({
    before: book.silences === null ? null : { inhibitors: book.inhibitors, silences: book.silences },
    after: muting,
    touched: mayInhibit(changes),
  })
  const muteOf = muteAt(muting, now)
  const alertOf = ({ ruleId, subjectKey }: AlertLabels) => alerts.get(subjectKey)?.get(ruleId) ?? null
  const changed = changes.map(({ after }) => after.labels)
  const open = refreshIncidents([...book.incidents.values()], { changed, remuted }, { now, alertOf, muteOf })
  const { enabledProviders, newId } = input
  const grouped = groupAlerts({
    ...{ open, alerts, changed, remuted, muteOf, enabledProviders, policy, now, newId },
    homeless: book.homeless,
  })
  const steps = grouped.incidents.map((incident) => stepIncident(incident, { now, policy, channelsOf }))
  return {
    book: {
      ...evaluations,
      ...muting,
      homeless: grouped.homeless,
      incidents: openById(steps.map(({ incident }) => incident)),
    },
    alerts: changes,
    incidents: steps
      .map(({ incident }) => incident)
      .filter((incident) => book.incidents.get(incident.id) !== incident),
    due: steps.flatMap(({ incident, due }) => due.map((each) => ({ ...each, incident }))),
    nextAt: earliest(steps.map(({ nextAt }) => nextAt)),
    nextVerdictAt: earliest(
      [...evaluations.looks.values()].map(({ dueAt }) => (dueAt !== null && dueAt > now ? dueAt : null)),
    ),
    left,
  }
}

const inForce = ({ silences, context }: TickInput): Silence[] =>
  silences.filter((silence) => isInForce(silence, context.now))

/** The providers of whom an alert changed that may inhibit others, and the causes that they are. */
function mayInhibit(changes: readonly AlertChange[]): Map<string, string> {
  const touched = new Map<string, string>()
  for (const { after } of changes) {
    const { condition, providerId } = after.labels
    if (providerId !== null && isCause(condition)) touched.set(providerId, causeOf(after.labels))
  }
  return touched
}

type Happened = { changes: readonly AlertChange[]; input: TickInput }

function inhibitorsAfter(
  { inhibitors }: AlertBook,
  alerts: AlertMap,
  { changes, input }: Happened,
): Inhibitors {
  const about = mayInhibit(changes)
  const isMonitorDown = input.subjects.some(
    (facts) => facts.type === 'monitor' && (facts.isImpaired || facts.isEgressDown),
  )
  return inhibitorsAt(inhibitors, {
    alerts: [...about.values()].flatMap((cause) => [...(alerts.get(cause)?.values() ?? [])]),
    about,
    isMonitorDown,
    now: input.context.now,
  })
}

const earliest = (times: readonly (number | null)[]): number | null => {
  let first: number | null = null
  for (const time of times) if (time !== null && (first === null || time < first)) first = time
  return first
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
  const bySubject = Map.groupBy(
    incident.members.filter(({ state }) => state !== 'over'),
    ({ labels }) => labels.subjectKey,
  )
  for (const [subjectKey, members] of bySubject) {
    const ofSubject = new Map(alerts.get(subjectKey))
    for (const { labels } of members) {
      const alert = ofSubject.get(labels.ruleId)
      if (alert !== undefined) ofSubject.set(labels.ruleId, acknowledgeAlert(alert, acknowledgement))
    }
    if (ofSubject.size > 0) alerts.set(subjectKey, ofSubject)
  }
  const seen = acknowledgeIncident(
    { ...incident, members: acknowledgedMembers(incident.members, alerts) },
    acknowledgement,
  )
  return { ...book, alerts, incidents: new Map(book.incidents).set(incidentId, seen) }
}

const acknowledgedMembers = (members: readonly Member[], alerts: AlertMap): readonly Member[] =>
  eachAs(members, (member) => {
    const { ruleId, subjectKey } = member.labels
    const isAcknowledged = (alerts.get(subjectKey)?.get(ruleId)?.acknowledgement ?? null) !== null
    return member.state === 'over' || isAcknowledged === member.isAcknowledged
      ? member
      : { ...member, isAcknowledged }
  })

/** The book as it was stored: alerts that are pending or alarms, and open incidents. */
export function bookOf(alerts: readonly Alert[], incidents: readonly Incident[]): AlertBook {
  const bySubject = new Map<string, Map<string, Alert>>()
  const homeless = new Map<string, Set<string>>()
  for (const alert of alerts) {
    const { labels } = alert
    const ofSubject = bySubject.get(labels.subjectKey) ?? new Map<string, Alert>()
    bySubject.set(labels.subjectKey, ofSubject.set(labels.ruleId, alert))
    // Whoever is a member already is found to be one.
    const subjects = homeless.get(causeOf(labels)) ?? new Set()
    homeless.set(causeOf(labels), subjects.add(labels.subjectKey))
  }
  return {
    alerts: bySubject,
    looks: new Map(),
    incidents: openById(incidents),
    inhibitors: inhibitorsAt(NO_INHIBITORS, { alerts, isMonitorDown: false, now: -Infinity }),
    homeless,
    silences: null,
  }
}

const openById = (incidents: readonly Incident[]): ReadonlyMap<string, Incident> =>
  new Map(incidents.filter(({ state }) => state !== 'resolved').map((incident) => [incident.id, incident]))
