import type { Ballot, Choice } from '../ballot.ts'
import type { Candidate } from '../candidate.ts'
import { greatCircleKm } from '../great-circle.ts'
import { REGION_COORDINATES, type Coordinates } from '../region-coordinates.ts'
import { firstInOrder, whyRamping } from './first-in-order.ts'

/** Nearer than any distance: a region may be wide, and another's centre next door. */
const SAME_REGION = -1

/**
 * A member of the client's own region, else the nearest by great circle, else by priority where no location is known;
 * equals by priority. A ramping one as in failover.
 */
export function chooseNearest({ eligible, members, request, random }: Ballot): Choice {
  const region = request.region?.toLowerCase() ?? null
  const here = region === null ? null : coordinatesOfRegion(region, members)
  const ranks = eligible.map((member) => (isIn(member, region) ? SAME_REGION : distanceKm(member, here)))
  const first = firstInOrder(eligible, ranks, (member) => whyRamping(member, random))
  return {
    winner: first.winner,
    ...wordsOf(request.region, here, ranks[first.winner] ?? null),
    others: 'farther away, or as near and later in order',
    notes: first.passedOver,
    scores: ranks.map((rank) => (rank === SAME_REGION ? 0 : rank)),
  }
}

/** Lengths first: lower-casing a hundred regions costs more than all else here. */
const isIn = ({ region }: Candidate, wanted: string | null): boolean =>
  region !== null && region.length === wanted?.length && region.toLowerCase() === wanted

/** Where a region is: as a member in it says, else as commonly known; null when nobody knows. */
function coordinatesOfRegion(region: string, members: readonly Candidate[]): Coordinates | null {
  const resident = members.find((member) => member.coordinates !== null && isIn(member, region))
  return resident?.coordinates ?? REGION_COORDINATES.get(region) ?? null
}

function distanceKm({ coordinates, region }: Candidate, here: Coordinates | null): number | null {
  const there = coordinates ?? REGION_COORDINATES.get(region?.toLowerCase() ?? '') ?? null
  return here === null || there === null ? null : greatCircleKm(here, there)
}

function wordsOf(
  region: string | null,
  here: Coordinates | null,
  rank: number | null,
): Pick<Choice, 'reason' | 'reasonCode'> {
  if (rank === SAME_REGION)
    return { reason: `in the client's region ${region ?? ''}`, reasonCode: 'same_region' }
  if (rank !== null) {
    return {
      reason: `nearest to ${region ?? ''}, ${Math.round(rank)} km away`,
      reasonCode: 'nearest',
    }
  }
  return { reason: `first in order, as ${whyNowhere(region, here)}`, reasonCode: 'no_location' }
}

function whyNowhere(region: string | null, here: Coordinates | null): string {
  if (region === null) return 'the request names no region'
  return here === null ? `nobody knows where ${region} is` : 'no eligible member says where it is'
}
