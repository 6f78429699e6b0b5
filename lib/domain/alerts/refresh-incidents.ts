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
  const edits: Edits = new Map()
  const byCause = new Map(incidents.map((incident) => [incident.cause, incident]))
  /** Where alerts of a cause may be members. */
  const homes = (cause: string) =>
    [byCause.get(cause), byCause.get(FLEET)].filter((home) => home !== undefined)
  for (const cause of remuted)
    for (const incident of homes(cause))
      refresh({ incident, places: placesOfCause(incident.members, cause) }, edits, lookup)
  for (const labels of changed)
    for (const incident of homes(causeOf(labels))) {
      const place = placeOf(incident.members, causeOf(labels), labels)
      if (place !== null) refresh({ incident, places: [place] }, edits, lookup)
    }
  return applied(incidents, edits)
}

type Edits = Map<Incident, Map<number, Member>>
type Looked = { incident: Incident; places: Iterable<number> }

function refresh({ incident, places }: Looked, edits: Edits, lookup: Lookup): void {
  for (const place of places) {
    const member = incident.members[place]
    if (member === undefined) continue
    const next = refreshed(member, lookup)
    if (next === member) continue
    const replaced = edits.get(incident) ?? new Map<number, Member>()
    edits.set(incident, replaced.set(place, next))
  }
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
