import type { Ballot, Choice } from '../ballot.ts'
import type { Candidate } from '../candidate.ts'
import { shareText } from '../decision-words.ts'
import { requestCostUsd } from '../request-cost.ts'
import type { RequestFacts } from '../request-facts.ts'
import type { Strategy } from '../route.ts'
import { placeOfRoll, totalOf, weightsOrAlike } from '../shares.ts'

type Adaptive = Extract<Strategy, { type: 'adaptive' }>

/**
 * Scores every member from what was measured lately and draws in proportion to the scores; the exploration share goes
 * to all alike, so that none is forgotten.
 */
export function chooseByScore({ weights, exploration }: Adaptive, ballot: Ballot): Choice {
  const { eligible, request, random } = ballot
  const scores = scoresOf(eligible, request, weights)
  const drawn = weightsOrAlike(scores.map((score, place) => score * (eligible[place]?.ramp ?? 1)))
  const explores = eligible.length > 1 && exploration > 0 && random() < exploration
  const winner = explores ? Math.floor(random() * eligible.length) : (placeOfRoll(drawn, random()) ?? 0)
  const drawnShare = (1 - exploration) / totalOf(drawn)
  const exploredShare = exploration / eligible.length
  const parts = drawn.map((weight) => weight * drawnShare + exploredShare)
  return {
    winner,
    ...wordsOf({ explores, exploration, score: scores[winner] ?? 0, part: parts[winner] ?? 0 }),
    others: 'not drawn',
    scores,
    weights: parts,
  }
}

/** Each member's score, 0..1: the weighted mean of its success, and of latency and cost against the best of them. */
function scoresOf(
  members: readonly Candidate[],
  request: RequestFacts,
  { success, latency, cost }: Adaptive['weights'],
): number[] {
  const total = success + latency + cost
  if (total <= 0) return members.map(() => 1)
  const latencies = members.map(({ peakEwmaMs }) => peakEwmaMs ?? UNKNOWN)
  const costs = members.map((member) => requestCostUsd(request, member) ?? UNKNOWN)
  // Never measured counts for the best, so that it is tried; without a price for the worst, as it may cost anything.
  const fast = againstLowest(latencies, 'best')
  const cheap = againstLowest(costs, 'worst')
  return members.map(
    ({ successRate }, place) =>
      (success * successRate +
        latency * fast(latencies[place] ?? UNKNOWN) +
        cost * cheap(costs[place] ?? UNKNOWN)) /
      total,
  )
}

// A hundred members are scored at each request: arrays of nothing but numbers take a third of the time.
const UNKNOWN = Number.NaN

/** How near a value is to the lowest, 0..1; an unknown one counts for the best or for the worst of them. */
function againstLowest(values: readonly number[], unknown: 'best' | 'worst'): (value: number) => number {
  let lowest = Number.POSITIVE_INFINITY
  let highest = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (value < lowest) lowest = value
    if (value > highest) highest = value
  }
  const worst = highest > lowest ? lowest / highest : 1
  const instead = unknown === 'best' ? 1 : worst
  return (value) => (value === lowest ? 1 : value > lowest ? lowest / value : instead)
}

type Draw = { explores: boolean; exploration: number; score: number; part: number }

const wordsOf = ({ explores, exploration, score, part }: Draw): Pick<Choice, 'reason' | 'reasonCode'> =>
  explores
    ? {
        reason: `drawn among all alike, as ${shareText(exploration)} of requests are`,
        reasonCode: 'explored',
      }
    : {
        reason: `drawn with ${shareText(part)} of the choice for a score of ${score.toFixed(2)}`,
        reasonCode: 'adaptive',
      }
