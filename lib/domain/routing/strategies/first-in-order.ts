import type { Candidate } from '../candidate.ts'
import { shareText } from '../decision-words.ts'

/** What members are compared by before their priority; null where a member has none, and comes last. */
export type Ranks = readonly (number | null)[]

/** Who comes first (its place) of those that nothing speaks against, and what spoke against those before. */
export type FirstInOrder = { winner: number; passedOver: ReadonlyMap<Candidate, string> }

type WhyNot = (member: Candidate) => string | null

const NOBODY: ReadonlyMap<Candidate, string> = new Map()

/**
 * The first member that `whyNot` has nothing against, by rank, then priority, lower first, then as the route lists
 * them; the very first when it has something against each.
 */
export function firstInOrder(
  members: readonly Candidate[],
  ranks: Ranks | null,
  whyNot: WhyNot,
): FirstInOrder {
  const first = firstPlace(members, ranks, NOBODY) ?? 0
  const passedOver = new Map<Candidate, string>()
  if (members.length < 2) return { winner: first, passedOver }
  let place: number | null = first
  while (place !== null) {
    const member = members[place]
    const why = member === undefined ? null : whyNot(member)
    if (member === undefined || why === null) return { winner: place, passedOver }
    passedOver.set(member, why)
    place = firstPlace(members, ranks, passedOver)
  }
  return { winner: first, passedOver }
}

/** The first place of those not passed over. Scanned, not sorted: hardly ever is anybody passed over. */
function firstPlace(
  members: readonly Candidate[],
  ranks: Ranks | null,
  passedOver: ReadonlyMap<Candidate, string>,
): number | null {
  let first: number | null = null
  let least = Number.POSITIVE_INFINITY
  let leastPriority = 0
  members.forEach((member, place) => {
    if (passedOver.size > 0 && passedOver.has(member)) return
    const rank = ranks === null ? 0 : (ranks[place] ?? Number.MAX_VALUE)
    if (rank > least || (rank === least && member.priority >= leastPriority)) return
    first = place
    least = rank
    leastPriority = member.priority
  })
  return first
}

/** Words for passing over a ramping member, with probability 1 − ramp; null when it is not passed over. */
export const whyRamping = ({ ramp }: Candidate, random: () => number): string | null =>
  ramp < 1 && random() >= ramp ? `ramping up, with ${shareText(ramp)} of its share` : null
