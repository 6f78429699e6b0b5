import { percentText, slowText } from '../../health-words.ts'
import type { Ballot, Choice } from '../ballot.ts'
import type { Candidate } from '../candidate.ts'
import { costText } from '../decision-words.ts'
import type { Constraint } from '../eligibility.ts'
import { requestCostUsd } from '../request-cost.ts'
import type { Strategy } from '../route.ts'
import { firstInOrder, whyRamping } from './first-in-order.ts'

type Cost = Extract<Strategy, { type: 'cost' }>

/** The limits of a cost strategy; null when it sets none. A member that was not measured is within them. */
export function withinLimits({ maxLatencyMs, minSuccessRate }: Cost): Constraint | null {
  if (maxLatencyMs === null && minSuccessRate === null) return null
  const latencyLimit = maxLatencyMs ?? Number.POSITIVE_INFINITY
  const rateLimit = minSuccessRate ?? 0
  const isSlow = ({ recentP95Ms }: Candidate) => (recentP95Ms ?? 0) > latencyLimit
  return {
    allows: (member) => !isSlow(member) && member.successRate >= rateLimit,
    why: (member) =>
      isSlow(member)
        ? slowText(member.recentP95Ms ?? 0, latencyLimit)
        : `health score ${percentText(member.successRate)} under ${percentText(rateLimit)}`,
  }
}

/** The cheapest for the request's tokens, those without a price last; equals by priority. A ramping one as in failover. */
export function chooseCheapest({ eligible, request, random }: Ballot): Choice {
  const costs = eligible.map((member) => requestCostUsd(request, member))
  const first = firstInOrder(eligible, costs, (member) => whyRamping(member, random))
  return {
    winner: first.winner,
    ...wordsOf(costs[first.winner] ?? null, { passedOver: first.passedOver.size, of: eligible.length }),
    others: 'dearer, or of the same price and later in order',
    notes: withUnpriced(first.passedOver, eligible, costs),
    scores: costs,
  }
}

/** The notes, and of each member without one whose price is not known, that it is not. */
function withUnpriced(
  notes: ReadonlyMap<Candidate, string>,
  eligible: readonly Candidate[],
  costs: readonly (number | null)[],
): ReadonlyMap<Candidate, string> {
  if (!costs.includes(null)) return notes
  const all = new Map(notes)
  eligible.forEach((member, place) => {
    if (costs[place] === null && !notes.has(member)) all.set(member, 'no price is known')
  })
  return all
}

function wordsOf(
  cost: number | null,
  { passedOver, of }: { passedOver: number; of: number },
): Pick<Choice, 'reason' | 'reasonCode'> {
  if (cost === null) return { reason: 'first in order, as no price is known', reasonCode: 'no_price' }
  const but = passedOver === 0 ? '' : ` but for ${passedOver} ramping up`
  return {
    reason: `about ${costText(cost)} for this request, the cheapest of ${of}${but}`,
    reasonCode: 'cheapest',
  }
}
