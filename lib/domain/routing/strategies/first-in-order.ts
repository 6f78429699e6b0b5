import type { Ballot } from '../ballot.ts'
import type { Candidate } from '../candidate.ts'
import { shareText } from '../decision-words.ts'

/** Places of members by priority, lower first; equals as the route lists them. */
export function inOrder(members: readonly Candidate[]): number[] {
  const places = members.map((_, place) => place)
  return places.sort((a, b) => (members[a]?.priority ?? 0) - (members[b]?.priority ?? 0))
}

/** Places of members by rank, lower first and unknown last; equals by priority and then as the route lists them. */
export function byRank(members: readonly Candidate[], ranks: readonly (number | null)[]): number[] {
  const rankOf = (place: number) => ranks[place] ?? Number.MAX_VALUE
  return inOrder(members).sort((a, b) => rankOf(a) - rankOf(b))
}

/** Who comes first (its place) of those that nothing speaks against, and what spoke against those before. */
export type FirstInOrder = { winner: number; passedOver: ReadonlyMap<Candidate, string> }

/** The first of `order` that `whyNot` has nothing against; the very first when it has something against each. */
export function firstInOrder(
  { eligible }: Pick<Ballot, 'eligible'>,
  order: readonly number[],
  whyNot: (member: Candidate) => string | null,
): FirstInOrder {
  const passedOver = new Map<Candidate, string>()
  for (const place of order.length === 1 ? [] : order) {
    const member = eligible[place]
    const why = member === undefined ? null : whyNot(member)
    if (member === undefined || why === null) return { winner: place, passedOver }
    passedOver.set(member, why)
  }
  return { winner: order[0] ?? 0, passedOver }
}

/** Words for passing over a ramping member, with probability 1 − ramp; null when it is not passed over. */
export const whyRamping = ({ ramp }: Candidate, random: () => number): string | null =>
  ramp < 1 && random() >= ramp ? `ramping up, with ${shareText(ramp)} of its share` : null
