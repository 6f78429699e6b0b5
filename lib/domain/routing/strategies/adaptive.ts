import type { Ballot, Choice } from '../ballot.ts'
import type { Candidate } from '../candidate.ts'
import { shareText } from '../decision-words.ts'
import { requestCostUsd } from '../request-cost.ts'
import type { RequestFacts } from '../request-facts.ts'
import type { Strategy } from '../route.ts'
import { placeOfRoll, sharesOf } from '../shares.ts'

type Adaptive = Extract<Strategy, { type: 'adaptive' }>

/**
 * Scores every member from what was measured lately and draws in proportion to the scores; the exploration share goes
 * to all alike, so that none is forgotten.
 */
export function chooseByScore({ weights, exploration }: Adaptive, ballot: Ballot): Choice {
  const { eligible, request, random } = ballot
  const scores = scoresOf(eligible, request, weights)
  const shares = sharesOf(scores.map((score, place) => score * (eligible[place]?.ramp ?? 1)))
  const explores = eligible.length > 1 && exploration > 0 && random() < exploration
  const alike = 1 / eligible.length
  const winner = explores ? Math.floor(random() * eligible.length) : (placeOfRoll(shares, random()) ?? 0)
  const parts = shares.map((share) => (1 - exploration) * share + exploration * alike)
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
  // Never measured counts for the best, so that it is tried; without a price for the worst, as it may cost anything.
  const fast = againstLowest(
    members.map(({ peakEwmaMs }) => peakEwmaMs),
    'best',
  )
  const cheap = againstLowest(
    members.map((member) => requestCostUsd(request, member)),
    'worst',
  )
  return members.map(({ successRate }, place) =>
    total > 0
      ? (success * successRate + latency * (fast[place] ?? 1) + cost * (cheap[place] ?? 1)) / total
      : 1,
  )
}

/** How near each value is to the lowest, 0..1; an unknown one counts for the best or for the worst of them. */
function againstLowest(values: readonly (number | null)[], unknown: 'best' | 'worst'): number[] {
  let lowest = Number.POSITIVE_INFINITY
  for (const value of values) if (value !== null && value < lowest) lowest = value
  let worst = 1
  for (const value of values) if (value !== null && value > lowest) worst = Math.min(worst, lowest / value)
  const instead = unknown === 'best' ? 1 : worst
  return values.map((value) => (value === null ? instead : value === lowest ? 1 : lowest / value))
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
