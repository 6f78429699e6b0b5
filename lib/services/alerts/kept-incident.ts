import type { Incident } from '#lib/domain/alerts/incident.ts'
import { causesOf, placesOfCause } from '#lib/domain/alerts/roster.ts'

/** So many alerts of one incident are kept and shown one by one. */
export const MOST_KEPT = 10_000

/**
 * The incident as it is kept: all of it, unless it has more alerts than anybody reads. Then it has some of each provider
 * and route, and none that is over while others are not, so that a start finds whatever is down.
 */
export function keptIncident(incident: Incident): Incident {
  const { members } = incident
  if (members.length <= MOST_KEPT) return incident
  const causes = [...causesOf(members)]
  const ofEach = Math.max(1, Math.floor(MOST_KEPT / causes.length))
  const places = causes.flatMap((cause) => firstPlaces(incident, cause, ofEach))
  return {
    ...incident,
    members: places
      .sort((a, b) => a - b)
      .slice(0, MOST_KEPT)
      .flatMap((place) => members[place] ?? []),
  }
}

function firstPlaces({ members, state }: Incident, cause: string, most: number): number[] {
  const places: number[] = []
  for (const place of placesOfCause(members, cause)) {
    if (places.length === most) break
    if (state === 'resolved' || members[place]?.state !== 'over') places.push(place)
  }
  return places
}
