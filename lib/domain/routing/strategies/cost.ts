import type { Ballot, Choice } from '../ballot.ts'
import { costText, latencyText, shareText } from '../decision-words.ts'
import type { Constraint } from '../eligibility.ts'
import { requestCostUsd } from '../request-cost.ts'
import type { Strategy } from '../route.ts'
import { byRank, firstInOrder, whyRamping } from './first-in-order.ts'

type Cost = Extract<Strategy, { type: 'cost' }>

/** The limits of a cost strategy; null when it sets none. A member that was not measured is within them. */
export function withinLimits({ maxLatencyMs, minSuccessRate }: Cost): Constraint | null {
  if (maxLatencyMs === null && minSuccessRate === null) return null
  return ({ recentP95Ms, successRate }) => {
    if (maxLatencyMs !== null && recentP95Ms !== null && recentP95Ms > maxLatencyMs) {
      return `p95 ${latencyText(recentP95Ms)} over the limit of ${latencyText(maxLatencyMs)}`
    }
    return minSuccessRate !== null && successRate < minSuccessRate
      ? `health score ${shareText(successRate)} under the limit of ${shareText(minSuccessRate)}`
      : null
  }
}

/** The cheapest for the request's tokens, those without a price last; equals by priority. A ramping one as in failover. */
export function chooseCheapest(ballot: Ballot): Choice {
  const { eligible, request, random } = ballot
  const costs = eligible.map(({ price }) => requestCostUsd(request, price))
  const first = firstInOrder(ballot, byRank(eligible, costs), (member) => whyRamping(member, random))
  return {
    winner: first.winner,
    ...wordsOf(costs[first.winner] ?? null, { passedOver: first.passedOver.size, of: eligible.length }),
    others: 'dearer, or of the same price and later in order',
    notes: first.passedOver,
    scores: costs,
  }
}

function wordsOf(
  cost: number | null,
  { passedOver, of }: { passedOver: number; of: number },
): Pick<Choice, 'reason' | 'reasonCode'> {
  if (cost === null) return { reason: 'first in order, as no price is known', reasonCode: 'no_price' }
  const but = passedOver === 0 ? '' : ', cheaper ones ramping up'
  return {
    reason: `about ${costText(cost)} for this request, the cheapest of ${of}${but}`,
    reasonCode: 'cheapest',
  }
}
