import { alertKeyOf, causeOf, FLEET } from './cause.ts'
import { formFleet, isOfOutage, isWide } from './fleet-incident.ts'
import type { Alert, AlertLabels } from './alert.ts'
import type { GroupingPolicy } from './grouping-policy.ts'
import { memberOf, newIncident, type Incident, type Member, type Mute } from './incident.ts'

/** What is grouped. `alerts` are those that fire or recover; `open` holds the incidents that are not resolved. */
export type Grouping = {
  open: Iterable<Incident>
  alerts: readonly Alert[]
  muteOf: (labels: AlertLabels) => Mute | null
  enabledProviders: number
  policy: GroupingPolicy
  now: number
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
  const byId = new Map(open.map((incident) => [incident.id, incident]))
  const homes = homesOf(open)
  for (const alert of grouping.alerts) {
    if (alert.state !== 'firing' || homes.byAlert.has(alertKeyOf(alert.labels))) continue
    const mute = grouping.muteOf(alert.labels)
    const home = homeOf(alert.labels, { homes, byId, grouping })
    if (home === null && mute !== null && mute !== 'silence') continue
    const before = home ?? newIncident(causeOf(alert.labels), grouping.now, alert.labels.severity)
    const after = { ...before, members: withMember(before.members, memberOf(alert, mute)) }
    byId.set(after.id, after)
    enter(homes, after)
  }
  return [...byId.values()]
}

type Homes = {
  /** Alerts that are members already, and not over. */
  byAlert: Set<string>
  byCause: Map<string, string>
  fleetId: string | null
  /** Causes of which the fleet's outage has a member that is not over. */
  inFleet: Set<string>
}

function homesOf(open: Iterable<Incident>): Homes {
  const homes: Homes = { byAlert: new Set(), byCause: new Map(), fleetId: null, inFleet: new Set() }
  for (const incident of open) {
    enter(homes, incident)
    for (const { labels, state } of incident.members) {
      if (state === 'over') continue
      homes.byAlert.add(alertKeyOf(labels))
      if (incident.cause === FLEET) homes.inFleet.add(causeOf(labels))
    }
  }
  return homes
}

/** The members with one more, in the place of itself as it was before it was over. */
const withMember = (members: readonly Member[], member: Member): Member[] => [
  ...members.filter(
    ({ state, labels }) => state !== 'over' || alertKeyOf(labels) !== alertKeyOf(member.labels),
  ),
  member,
]

function enter(homes: Homes, { id, cause }: Incident): void {
  if (cause === FLEET) homes.fleetId = id
  else homes.byCause.set(cause, id)
}

type Search = { homes: Homes; byId: ReadonlyMap<string, Incident>; grouping: Grouping }

function homeOf(labels: AlertLabels, { homes, byId, grouping }: Search): Incident | null {
  const cause = causeOf(labels)
  const fleet = homes.fleetId === null ? null : (byId.get(homes.fleetId) ?? null)
  // What a fleet's outage does not explain would be lost in it: nobody is told of its members one by one.
  const joinsFleet =
    fleet !== null && isOfOutage(labels) && (homes.inFleet.has(cause) || isWide(fleet, grouping))
  if (joinsFleet) return fleet
  return byId.get(homes.byCause.get(cause) ?? '') ?? null
}
