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
  const winner = placeOfRoll(explores ? shares.map(() => alike) : shares, random())
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
  weights: Adaptive['weights'],
): number[] {
  const { success, latency, cost } = weights
  const total = success + latency + cost
  const latencies = againstBest(members.map(({ peakEwmaMs }) => peakEwmaMs))
  const costs = againstBest(members.map(({ price }) => requestCostUsd(request, price)))
  return members.map(({ successRate }, place) => {
    // Never measured counts for the best, so that it is tried; without a price for the worst, as it may cost anything.
    const fast = latencies[place] ?? 1
    const cheap = costs[place] ?? worstOf(costs)
    return total > 0 ? (success * successRate + latency * fast + cost * cheap) / total : 1
  })
}

/** How near each value is to the lowest, 0..1; null where there is none. */
function againstBest(values: readonly (number | null)[]): (number | null)[] {
  const best = Math.min(...values.map((value) => value ?? Number.POSITIVE_INFINITY))
  return values.map((value) => (value === null ? null : value === best ? 1 : best / value))
}

const worstOf = (parts: readonly (number | null)[]): number => Math.min(1, ...parts.map((part) => part ?? 1))

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
