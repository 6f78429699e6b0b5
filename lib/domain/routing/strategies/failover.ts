import type { Ballot, Choice } from '../ballot.ts'
import type { Candidate } from '../candidate.ts'
import { costText, countText, failedText, latencyText, placeText } from '../decision-words.ts'
import { requestCostUsd } from '../request-cost.ts'
import type { FailoverPolicy } from '../route.ts'
import { firstInOrder, inOrder, whyRamping, type FirstInOrder } from './first-in-order.ts'

/**
 * The first eligible member in order that the policy does not tell to leave; a ramping one is left with probability
 * 1 − ramp. When the policy would leave every one, the first of them is as good as any.
 */
export function chooseInOrder(policy: FailoverPolicy, ballot: Ballot): Choice {
  const whyLeave = leaving(policy, ballot)
  const first = firstInOrder(
    ballot,
    inOrder(ballot.eligible),
    (member) => whyLeave(member) ?? whyRamping(member, ballot.random),
  )
  return {
    winner: first.winner,
    ...wordsOf(ballot, first),
    others: 'standing by',
    notes: first.passedOver,
  }
}

function wordsOf(
  { members, eligible, places, whyOut }: Ballot,
  { winner, passedOver }: FirstInOrder,
): Pick<Choice, 'reason' | 'reasonCode'> {
  const order = inOrder(members)
  const place = order.indexOf(places[winner] ?? 0)
  const primary = members[order[0] ?? 0]
  const of = `${placeText(place)} of ${members.length}`
  if (place === 0 || primary === undefined) {
    return { reason: `${of}, ${countText(eligible.length - 1, 'other')} standing by`, reasonCode: 'primary' }
  }
  const why = passedOver.get(primary) ?? whyOut(primary)
  const more = place === 1 ? '' : `, and ${place - 1} more before it`
  return { reason: `${of}, as ${primary.providerId} is left out: ${why}${more}`, reasonCode: 'failed_over' }
}

/** What the policy holds against a member, in words; null for nothing. */
function leaving(policy: FailoverPolicy, ballot: Ballot): (member: Candidate) => string | null {
  switch (policy.type) {
    case 'immediate':
      return whyFailing(1)
    case 'threshold':
      return whyFailing(policy.failures)
    case 'latency':
      return whySlow(policy.p95Ms)
    case 'cost':
      return whyDearer(ballot)
  }
}

const whyFailing =
  (limit: number) =>
  ({ consecutiveFailures }: Candidate): string | null =>
    consecutiveFailures >= limit ? failedText(consecutiveFailures) : null

const whySlow =
  (limitMs: number) =>
  ({ recentP95Ms }: Candidate): string | null =>
    recentP95Ms !== null && recentP95Ms > limitMs
      ? `p95 ${latencyText(recentP95Ms)} over ${latencyText(limitMs)}`
      : null

function whyDearer({ eligible, request }: Ballot): (member: Candidate) => string | null {
  const costOf = ({ price }: Candidate) => requestCostUsd(request, price)
  const least = Math.min(...eligible.map((member) => costOf(member) ?? Number.POSITIVE_INFINITY))
  return (member) => {
    const cost = costOf(member)
    return cost !== null && cost > least ? `${costText(cost)}, and another costs ${costText(least)}` : null
  }
}
