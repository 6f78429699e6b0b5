import { causeOf, FLEET } from './cause.ts'
import { fleetThreshold, type GroupingPolicy } from './grouping-policy.ts'
import { newIncident, type Incident, type Member } from './incident.ts'
import { edited, joined, placeOf, tallyOf } from './roster.ts'

type Fleet = { enabledProviders: number; policy: GroupingPolicy; now: number; newId: () => string }

/** Whether an outage of the fleet is one still: as many providers as make one are in it and not over. */
export const isWide = (
  { members }: Incident,
  { enabledProviders, policy }: Pick<Fleet, 'enabledProviders' | 'policy'>,
): boolean => tallyOf(members).providers >= fleetThreshold(enabledProviders, policy)

/**
 * The incidents, with those that began at once put together where they are many. The fleet's incident is the one that is
 * open; or the oldest that somebody was told of, which so is known under its own key; or a new one.
 */
export function formFleet(incidents: readonly Incident[], fleet: Fleet): readonly Incident[] {
  const { policy, now, enabledProviders } = fleet
  const recent = incidents.filter(
    ({ cause, startedAt, members }) =>
      cause !== FLEET && now - startedAt <= policy.fleetWithinMs && tallyOf(members).failing.size > 0,
  )
  if (failingIn(recent) < fleetThreshold(enabledProviders, policy)) return incidents
  const base =
    incidents.find(({ cause }) => cause === FLEET) ?? adopted(recent) ?? fresh(recent, fleet.newId())
  const taken = new Set(recent.filter(({ id }) => id !== base.id))
  const whole: Incident = {
    ...base,
    cause: FLEET,
    hasNews: base.told.lastAt !== null,
    members: united(base, taken),
  }
  const others = incidents.filter((incident) => incident.id !== base.id && !taken.has(incident))
  return [...others, whole, ...[...taken].map((incident) => merged(incident, whole.id, now))]
}

/** How many providers fail. */
function failingIn(incidents: readonly Incident[]): number {
  const providers = new Set<string>()
  for (const { members } of incidents)
    for (const providerId of tallyOf(members).failing.keys())
      if (providerId !== null) providers.add(providerId)
  return providers.size
}

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

/** The members of all, each once: what was over in the fleet's and is back is in the place that it had. */
function united({ members }: Incident, taken: Iterable<Incident>): readonly Member[] {
  const lists = [...taken].map((incident) => incident.members)
  if (members.length === 0) return joined(lists)
  const replaced = new Map<number, Member>()
  for (const member of lists.flat()) {
    const place = placeOf(members, causeOf(member.labels), member.labels)
    if (place !== null) replaced.set(place, member)
  }
  if (replaced.size === 0) return joined([members, ...lists])
  const again = new Set(replaced.values())
  return edited(members, { replaced, added: lists.flat().filter((member) => !again.has(member)) })
}

const merged = (incident: Incident, mergedInto: string, now: number): Incident => ({
  ...incident,
  state: 'resolved',
  resolvedAt: now,
  mergedInto,
})
