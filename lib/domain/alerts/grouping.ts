import { causeOf, FLEET } from './cause.ts'
import { formFleet, isWide } from './fleet-incident.ts'
import type { Alert, AlertLabels } from './alert.ts'
import type { AlertMap } from './evaluate-subjects.ts'
import type { GroupingPolicy } from './grouping-policy.ts'
import { memberOf, newIncident, succeeding, type Incident, type Member, type Mute } from './incident.ts'
import type { Remuted } from './muting.ts'
import { isOfOutage } from './outage.ts'
import { edited, placeOf, tallyOf } from './roster.ts'

/** Subject keys of alarms that something else explains and that no incident has, by their cause. */
export type Homeless = ReadonlyMap<string, ReadonlySet<string>>

/** What is grouped. `open` holds the incidents that are not resolved, `changed` the alerts that are others than before. */
export type Grouping = {
  open: readonly Incident[]
  alerts: AlertMap
  changed: readonly AlertLabels[]
  homeless: Homeless
  remuted: Remuted
  muteOf: (labels: AlertLabels) => Mute | null
  enabledProviders: number
  policy: GroupingPolicy
  now: number
  /** An id that no incident has had. */
  newId: () => string
}

type Grouped = { incidents: readonly Incident[]; homeless: Homeless }

/**
 * The open incidents with every alarm in the one of its cause, new ones where there was none, and those that a fleet's
 * outage has taken in, marked as merged. What is inhibited joins an incident of its cause, but opens none: it waits
 * until there is one, or nothing inhibits it.
 */
export function groupAlerts(grouping: Grouping): Grouped {
  const { open, homeless, remuted } = grouping
  const fresh = firing(grouping.changed, grouping)
  const again = remuted === 'everybody' ? homeless.keys() : remuted
  const first = placeAlerts({ incidents: open, homeless }, { also: fresh, of: again }, grouping)
  const placed = placeHomeless(first, grouping)
  const formed = formFleet(placed.incidents, grouping)
  const taken = formed.filter(({ mergedInto }) => mergedInto !== null)
  if (taken.length === 0) return { ...placed, incidents: formed }
  const stay = formed.filter(({ mergedInto }) => mergedInto === null)
  const { incidents, homeless: still } = placeHomeless({ ...placed, incidents: stay }, grouping)
  return { incidents: [...incidents, ...taken], homeless: still }
}

/** Places those that had no incident to join, where there is one by now. */
function placeHomeless(before: Grouped, grouping: Grouping): Grouped {
  if (before.homeless.size === 0) return before
  const homes = homesOf(before.incidents, grouping)
  const causes = [...before.homeless.keys()].filter(
    (cause) => homes.ids.has(cause) || isInFleet(cause, homes),
  )
  return causes.length === 0 ? before : placeAlerts(before, { also: [], of: causes }, grouping)
}

/** The alerts that fire, of those labels. */
function* firing(changed: Iterable<AlertLabels>, { alerts }: Grouping): Generator<Alert> {
  for (const { subjectKey, ruleId } of changed) {
    const alert = alerts.get(subjectKey)?.get(ruleId)
    if (alert?.course.state === 'firing') yield alert
  }
}

/** Which alerts are to be placed: these, and those of causes that had no home. */
type Wanted = { also: Iterable<Alert>; of: Iterable<string> }

function placeAlerts(before: Grouped, wanted: Wanted, grouping: Grouping): Grouped {
  const { candidates, homeless } = candidatesOf(before, wanted, grouping)
  if (candidates.size === 0) return { ...before, homeless }
  const homes = homesOf(before.incidents, grouping)
  const byId = new Map(before.incidents.map((incident) => [incident.id, incident]))
  const added = new Map<string, Member[]>()
  for (const alert of candidates) {
    const { labels } = alert
    const cause = causeOf(labels)
    if (isMember(labels, cause, homes)) continue
    const mute = grouping.muteOf(labels)
    const id =
      homeOf(labels, cause, homes) ?? (mayOpen(mute) ? opened(labels, { homes, byId, grouping }) : null)
    if (id === null) noteHomeless(homeless, cause, labels)
    else noteMember(added, id, memberOf(alert, mute))
  }
  const incidents = [...byId.values()].map((incident) => withMembers(incident, added.get(incident.id)))
  return { incidents, homeless }
}

/** Whether an alert may have an incident of its own. */
const mayOpen = (mute: Mute | null): boolean => mute === null || mute === 'silence'

function candidatesOf({ homeless }: Grouped, { also, of }: Wanted, { alerts }: Grouping) {
  const candidates = new Set(also)
  const others = new Map(homeless)
  for (const cause of of) {
    others.delete(cause)
    for (const subjectKey of homeless.get(cause) ?? [])
      for (const alert of alerts.get(subjectKey)?.values() ?? [])
        if (alert.course.state === 'firing') candidates.add(alert)
  }
  return { candidates, homeless: others }
}

function noteHomeless(
  homeless: Map<string, ReadonlySet<string>>,
  cause: string,
  { subjectKey }: AlertLabels,
): void {
  const subjects = homeless.get(cause)
  if (subjects?.has(subjectKey) !== true) homeless.set(cause, new Set(subjects).add(subjectKey))
}

function noteMember(added: Map<string, Member[]>, id: string, member: Member): void {
  const members = added.get(id)
  if (members === undefined) added.set(id, [member])
  else members.push(member)
}

type Homes = {
  /** Incidents by cause, as they were; and their ids, with those that were opened since. */
  byCause: ReadonlyMap<string, Incident>
  ids: Map<string, string>
  fleet: Incident | null
  isFleetWide: boolean
}

function homesOf(open: readonly Incident[], grouping: Grouping): Homes {
  const byCause = new Map(open.map((incident) => [incident.cause, incident]))
  const fleet = byCause.get(FLEET) ?? null
  return {
    byCause,
    ids: new Map(open.map(({ cause, id }) => [cause, id])),
    fleet,
    isFleetWide: fleet !== null && isWide(fleet, grouping),
  }
}

/** Whether it is a member of an incident already, and not over. */
function isMember(labels: AlertLabels, cause: string, { byCause, fleet }: Homes): boolean {
  for (const home of [byCause.get(cause), fleet]) {
    if (home === undefined || home === null) continue
    const place = placeOf(home.members, cause, labels)
    if (place !== null && home.members[place]?.state !== 'over') return true
  }
  return false
}

/** The incident that an alert belongs to; null when it is to have one of its own. */
function homeOf(labels: AlertLabels, cause: string, homes: Homes): string | null {
  // What a fleet's outage does not explain would be lost in it: nobody is told of its members one by one.
  if (homes.fleet !== null && isOfOutage(labels) && isInFleet(cause, homes)) return homes.fleet.id
  return homes.ids.get(cause) ?? null
}

/** Whether an outage of this cause is the fleet's. */
const isInFleet = (cause: string, { fleet, isFleetWide }: Homes): boolean =>
  fleet !== null && (isFleetWide || tallyOf(fleet.members).byCause.has(cause))

type Opening = { homes: Homes; byId: Map<string, Incident>; grouping: Grouping }

function opened(labels: AlertLabels, { homes, byId, grouping }: Opening): string {
  const incident = newIncident({
    id: grouping.newId(),
    cause: causeOf(labels),
    startedAt: grouping.now,
    severity: labels.severity,
  })
  byId.set(incident.id, incident)
  homes.ids.set(incident.cause, incident.id)
  return incident.id
}

/** The incident with more members, each in the place of itself as it was before it was over. */
function withMembers(incident: Incident, more: readonly Member[] | undefined): Incident {
  if (more === undefined) return incident
  const replaced = new Map<number, Member>()
  const added: Member[] = []
  for (const member of more) {
    const place = placeOf(incident.members, causeOf(member.labels), member.labels)
    const before = place === null ? undefined : incident.members[place]
    if (place === null || before === undefined) added.push(member)
    else replaced.set(place, succeeding(before, member))
  }
  return { ...incident, members: edited(incident.members, { replaced, added }) }
}
