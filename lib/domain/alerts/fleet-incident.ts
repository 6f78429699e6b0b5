import type { AlertLabels } from './alert.ts'
import { alertKeyOf, FLEET } from './cause.ts'
import type { ConditionType } from './condition.ts'
import { fleetThreshold, type GroupingPolicy } from './grouping-policy.ts'
import { isLoud, newIncident, type Incident, type Member } from './incident.ts'

/** What a fleet's outage explains; what probes cost and when an override ends it does not. */
const OUTAGE: ReadonlySet<ConditionType> = new Set<ConditionType>([
  'provider_unhealthy',
  'provider_degraded',
  'circuit_opened',
  'circuit_flapping',
  'success_rate',
  'latency_p95',
  'burn_rate',
  'no_traffic',
  'route_members',
])

/** Whether the alert says that something does not work, so that an outage of the fleet explains it. */
export const isOfOutage = ({ condition }: Pick<AlertLabels, 'condition'>): boolean => OUTAGE.has(condition)

type Fleet = { enabledProviders: number; policy: GroupingPolicy; now: number; newId: () => string }

/** Whether an outage of the fleet is one still: as many providers as make one are in it and not over. */
export const isWide = (
  { members }: Incident,
  { enabledProviders, policy }: Pick<Fleet, 'enabledProviders' | 'policy'>,
): boolean =>
  providersIn(members.filter(({ state }) => state !== 'over')).size >=
  fleetThreshold(enabledProviders, policy)

/**
 * The incidents, with those that began at once put together where they are many. The fleet's incident is the one that is
 * open; or the oldest that somebody was told of, which so is known under its own key; or a new one.
 */
export function formFleet(incidents: readonly Incident[], fleet: Fleet): Incident[] {
  const { policy, now, enabledProviders } = fleet
  const recent = incidents.filter(
    ({ cause, startedAt, members }) =>
      cause !== FLEET && now - startedAt <= policy.fleetWithinMs && members.some(fails),
  )
  const failing = providersIn(recent.flatMap(({ members }) => members.filter(fails)))
  if (failing.size < fleetThreshold(enabledProviders, policy)) return [...incidents]
  const base =
    incidents.find(({ cause }) => cause === FLEET) ?? adopted(recent) ?? fresh(recent, fleet.newId())
  const taken = recent.filter(({ id }) => id !== base.id)
  const whole: Incident = {
    ...base,
    cause: FLEET,
    hasNews: base.told.lastAt !== null,
    members: united([base, ...taken]),
  }
  const others = incidents.filter((incident) => incident.id !== base.id && !taken.includes(incident))
  return [...others, whole, ...taken.map((incident) => merged(incident, whole.id, now))]
}

const fails = (member: Member): boolean => isLoud(member) && isOfOutage(member.labels)

const providersIn = (members: readonly Member[]): Set<string> =>
  new Set(members.flatMap(({ labels }) => (labels.providerId === null ? [] : [labels.providerId])))

function adopted(recent: readonly Incident[]): Incident | null {
  const told = recent.filter((incident) => incident.told.lastAt !== null)
  return told.sort((a, b) => a.startedAt - b.startedAt || causeOrder(a, b))[0] ?? null
}

function fresh(recent: readonly Incident[], id: string): Incident {
  const startedAt = Math.min(...recent.map((incident) => incident.startedAt))
  return newIncident({ id, cause: FLEET, startedAt, severity: 'info' })
}

// Order never depends on map order.
const causeOrder = (a: Incident, b: Incident): number => (a.cause < b.cause ? -1 : 1)

function united(incidents: readonly Incident[]): Member[] {
  const byKey = new Map<string, Member>()
  for (const { members } of incidents)
    for (const member of members) byKey.set(alertKeyOf(member.labels), member)
  return [...byKey.values()]
}

const merged = (incident: Incident, mergedInto: string, now: number): Incident => ({
  ...incident,
  state: 'resolved',
  resolvedAt: now,
  mergedInto,
})
