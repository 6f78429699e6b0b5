import { alertKeyOf, causeOf, FLEET } from './cause.ts'
import { formFleet, isOfOutage, isWide } from './fleet-incident.ts'
import type { Alert, AlertLabels } from './alert.ts'
import type { GroupingPolicy } from './grouping-policy.ts'
import { memberOf, newIncident, succeeding, type Incident, type Member, type Mute } from './incident.ts'

/** What is grouped. `alerts` are those that fire or recover; `open` holds the incidents that are not resolved. */
export type Grouping = {
  open: Iterable<Incident>
  alerts: readonly Alert[]
  muteOf: (labels: AlertLabels) => Mute | null
  enabledProviders: number
  policy: GroupingPolicy
  now: number
  /** An id that no incident has had. */
  newId: () => string
}

/**
 * The open incidents with every alarm in the one of its cause, new ones where there was none, and those that a fleet's
 * outage has taken in, marked as merged. What is inhibited joins an incident of its cause, but opens none.
 */
export function groupAlerts(grouping: Grouping): Incident[] {
  const formed = formFleet(placeAlerts([...grouping.open], grouping), grouping)
  const taken = formed.filter(({ mergedInto }) => mergedInto !== null)
  if (taken.length === 0) return formed
  // What is inhibited and had no incident to join may join the fleet's.
  return [
    ...placeAlerts(
      formed.filter(({ mergedInto }) => mergedInto === null),
      grouping,
    ),
    ...taken,
  ]
}

function placeAlerts(open: readonly Incident[], grouping: Grouping): Incident[] {
  const homes = homesOf(open, grouping)
  const byId = new Map(open.map((incident) => [incident.id, incident]))
  const added = new Map<string, Member[]>()
  for (const alert of grouping.alerts) {
    const { labels } = alert
    if (alert.state !== 'firing' || homes.byAlert.get(labels.ruleId)?.has(labels.subjectKey) === true)
      continue
    const mute = grouping.muteOf(labels)
    const home = homeOf(labels, homes)
    if (home === null && mute !== null && mute !== 'silence') continue
    const id = home ?? opened(labels, { homes, byId, grouping })
    added.set(id, pushed(added.get(id), memberOf(alert, mute)))
  }
  return [...byId.values()].map((incident) => withMembers(incident, added.get(incident.id)))
}

type Homes = {
  /** Subject keys of alerts that are members already and not over, by rule. */
  byAlert: Map<string, Set<string>>
  /** Ids of incidents by cause. */
  byCause: Map<string, string>
  fleetId: string | null
  isFleetWide: boolean
  /** Causes of which the fleet's outage has a member that is not over. */
  inFleet: Set<string>
}

function homesOf(open: readonly Incident[], grouping: Grouping): Homes {
  const fleet = open.find(({ cause }) => cause === FLEET)
  const homes: Homes = {
    byAlert: new Map(),
    byCause: new Map(open.map(({ cause, id }) => [cause, id])),
    fleetId: fleet?.id ?? null,
    isFleetWide: fleet !== undefined && isWide(fleet, grouping),
    inFleet: new Set(),
  }
  for (const { cause, members } of open)
    for (const { labels, state } of members) {
      if (state === 'over') continue
      const ofRule = homes.byAlert.get(labels.ruleId) ?? new Set()
      homes.byAlert.set(labels.ruleId, ofRule.add(labels.subjectKey))
      if (cause === FLEET) homes.inFleet.add(causeOf(labels))
    }
  return homes
}

/** The incident that an alert belongs to; null when it is to have one of its own. */
function homeOf(labels: AlertLabels, { byCause, fleetId, isFleetWide, inFleet }: Homes): string | null {
  const cause = causeOf(labels)
  // What a fleet's outage does not explain would be lost in it: nobody is told of its members one by one.
  if (fleetId !== null && isOfOutage(labels) && (isFleetWide || inFleet.has(cause))) return fleetId
  return byCause.get(cause) ?? null
}

type Opening = { homes: Homes; byId: Map<string, Incident>; grouping: Grouping }

function opened(labels: AlertLabels, { homes, byId, grouping }: Opening): string {
  const incident = newIncident({
    id: grouping.newId(),
    cause: causeOf(labels),
    startedAt: grouping.now,
    severity: labels.severity,
  })
  byId.set(incident.id, incident)
  homes.byCause.set(incident.cause, incident.id)
  return incident.id
}

/** The incident with more members, each in the place of itself as it was before it was over. */
function withMembers(incident: Incident, added: readonly Member[] | undefined): Incident {
  if (added === undefined) return incident
  const byKey = new Map(added.map((member) => [alertKeyOf(member.labels), member]))
  const kept: Member[] = []
  for (const member of incident.members) {
    const key = alertKeyOf(member.labels)
    const again = byKey.get(key)
    if (member.state !== 'over' || again === undefined) kept.push(member)
    else byKey.set(key, succeeding(member, again))
  }
  return { ...incident, members: [...kept, ...byKey.values()] }
}

function pushed(members: Member[] | undefined, member: Member): Member[] {
  if (members === undefined) return [member]
  members.push(member)
  return members
}
