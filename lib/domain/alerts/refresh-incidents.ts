import type { Alert, AlertLabels } from './alert.ts'
import { causeOf, FLEET } from './cause.ts'
import { refreshMember, type Incident, type Member, type Mute } from './incident.ts'
import type { Remuted } from './muting.ts'
import { edited, placeOf, placesOfCause } from './roster.ts'

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
  const edits: Edits = new Map()
  if (remuted === 'everybody') {
    for (const incident of incidents) refresh({ incident, places: incident.members.keys() }, edits, lookup)
    return applied(incidents, edits)
  }
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

function refresh({ incident, places }: Looked, edits: Edits, { now, alertOf, muteOf }: Lookup): void {
  for (const place of places) {
    const member = incident.members[place]
    if (member === undefined || member.state === 'over') continue
    const alert = alertOf(member.labels)
    const mute = alert === null ? null : muteOf(alert.labels)
    const next = refreshMember(member, alert, { mute, now })
    if (next === member) continue
    const replaced = edits.get(incident) ?? new Map<number, Member>()
    edits.set(incident, replaced.set(place, next))
  }
}

const applied = (incidents: readonly Incident[], edits: Edits): readonly Incident[] =>
  incidents.map((incident) => {
    const replaced = edits.get(incident)
    return replaced === undefined
      ? incident
      : { ...incident, members: edited(incident.members, { replaced, added: [] }) }
  })
