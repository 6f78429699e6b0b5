import type { Ballot, Choice } from '../ballot.ts'
import { countText } from '../decision-words.ts'
import { rampedWeight, sharesOf, weightsOrAlike } from '../shares.ts'
import { takeTurn } from '../turns.ts'

/**
 * The fewest requests under way for its weight, this one counted; equals take turns. So a member of weight 2 holds
 * twice the requests of one of weight 1, and one that ramps up as many as its ramp allows.
 */
export function chooseLeastBusy({ eligible, members, places, turns }: Ballot): Choice {
  const weights = weightsOrAlike(eligible.map(rampedWeight))
  const scores = eligible.map(({ inFlight }, i) => loadOf(inFlight, weights[i] ?? 0))
  let least = Number.POSITIVE_INFINITY
  for (const load of scores) if (load !== null && load < least) least = load
  const equals = sharesOf(scores.map((load) => (load === least ? 1 : 0)))
  const [winner, after] = takeTurn(turns, { members, places, shares: equals })
  return {
    winner,
    reason: reasonOf(eligible[winner]?.inFlight ?? 0, scores.filter((load) => load === least).length),
    reasonCode: 'least_busy',
    others: 'busier for its weight, or not its turn among equals',
    scores,
    turns: after,
  }
}

const loadOf = (inFlight: number, weight: number): number | null =>
  weight > 0 ? (inFlight + 1) / weight : null

const reasonOf = (inFlight: number, equals: number): string =>
  `${countText(inFlight, 'request')} under way, the fewest for its weight` +
  (equals > 1 ? `, in turn with ${equals - 1} as busy` : '')
