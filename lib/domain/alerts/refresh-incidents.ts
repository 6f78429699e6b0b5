import type { Alert, AlertLabels } from './alert.ts'
import { causeOf, FLEET } from './cause.ts'
import { refreshMember, type Incident, type Member, type Mute } from './incident.ts'
import type { Remuted } from './muting.ts'
import { eachAs, edited, placeOf, placesOfCause } from './roster.ts'

/** What there is to be known of members' alerts: the alert as it is now, null when there is none any more; and its mute. */
export type Lookup = {
  now: number
  alertOf: (labels: AlertLabels) => Alert | null
  muteOf: (labels: AlertLabels) => Mute | null
}

/** What is new: alerts that changed, by their labels, and causes whose alerts may be muted otherwise than before. */
export type News = { changed: Iterable<AlertLabels>; remuted: Remuted }

/**
 * The incidents, which are open, with those members as their alerts are now of which there is news; the same objects
 * where nothing is. Nobody else need be looked at: what a member says is its alert's state, labels and mute.
 */
export function refreshIncidents(
  incidents: readonly Incident[],
  { changed, remuted }: News,
  lookup: Lookup,
): readonly Incident[] {
  if (remuted === 'everybody')
    return incidents.map((incident) =>
      withMembers(
        incident,
        eachAs(incident.members, (member) => refreshed(member, lookup)),
      ),
    )
  const refreshing: Refreshing = { edits: new Map(), lookup }
  const homesOf = homesAmong(incidents)
  for (const cause of remuted)
    for (const incident of homesOf(cause))
      for (const place of placesOfCause(incident.members, cause)) refresh(incident, place, refreshing)
  let cause: string | null = null
  let homes: readonly Incident[] = []
  for (const labels of changed) {
    const causeNow = causeOf(labels)
    // Alerts of one cause mostly come together.
    if (causeNow !== cause) homes = homesOf(causeNow)
    cause = causeNow
    for (const incident of homes) {
      const place = placeOf(incident.members, causeNow, labels)
      if (place !== null) refresh(incident, place, refreshing)
    }
  }
  return applied(incidents, refreshing.edits)
}

/** Tells where alerts of a cause may be members. */
function homesAmong(incidents: readonly Incident[]): (cause: string) => readonly Incident[] {
  const byCause = new Map(incidents.map((incident) => [incident.cause, incident]))
  return (cause) => [byCause.get(cause), byCause.get(FLEET)].filter((home) => home !== undefined)
}

type Edits = Map<Incident, Map<number, Member>>
type Refreshing = { edits: Edits; lookup: Lookup }

function refresh(incident: Incident, place: number, { edits, lookup }: Refreshing): void {
  const member = incident.members[place]
  if (member === undefined) return
  const next = refreshed(member, lookup)
  if (next === member) return
  const replaced = edits.get(incident)
  if (replaced === undefined) edits.set(incident, new Map([[place, next]]))
  else replaced.set(place, next)
}

function refreshed(member: Member, { now, alertOf, muteOf }: Lookup): Member {
  if (member.state === 'over') return member
  const alert = alertOf(member.labels)
  return refreshMember(member, alert, { mute: alert === null ? null : muteOf(alert.labels), now })
}

const applied = (incidents: readonly Incident[], edits: Edits): readonly Incident[] =>
  incidents.map((incident) => {
    const replaced = edits.get(incident)
    return replaced === undefined
      ? incident
      : withMembers(incident, edited(incident.members, { replaced, added: [] }))
  })

const withMembers = (incident: Incident, members: readonly Member[]): Incident =>
  members === incident.members ? incident : { ...incident, members }
