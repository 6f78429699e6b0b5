import { failuresText, slowText } from '../../health-words.ts'
import type { Ballot, Choice } from '../ballot.ts'
import type { Candidate } from '../candidate.ts'
import { costText, countText, placeText } from '../decision-words.ts'
import { requestCostUsd } from '../request-cost.ts'
import type { FailoverPolicy } from '../route.ts'
import { firstInOrder, whyRamping, type FirstInOrder } from './first-in-order.ts'

/**
 * The first eligible member in order that the policy does not tell to leave; a ramping one is left with probability
 * 1 − ramp. When the policy would leave every one, the first of them is as good as any.
 */
export function chooseInOrder(policy: FailoverPolicy, ballot: Ballot): Choice {
  const whyLeave = leaving(policy, ballot)
  const first = firstInOrder(
    ballot.eligible,
    null,
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
  const [primary, place] = primaryAndPlace(members, places[winner] ?? 0)
  const of = `${placeText(place)} of ${members.length}`
  if (place === 0 || primary === null) {
    return { reason: `${of}, ${countText(eligible.length - 1, 'other')} standing by`, reasonCode: 'primary' }
  }
  const why = passedOver.get(primary) ?? whyOut(primary)
  const more = place === 1 ? '' : `, and ${place - 1} more before it`
  return { reason: `${of}, as ${primary.providerId} is left out: ${why}${more}`, reasonCode: 'failed_over' }
}

/** Who is first of all members, and how many come before the one at `index`. */
function primaryAndPlace(members: readonly Candidate[], index: number): [Candidate | null, number] {
  const priority = members[index]?.priority ?? 0
  let primary: Candidate | null = null
  let before = 0
  members.forEach((member, place) => {
    if (primary === null || member.priority < primary.priority) primary = member
    if (member.priority < priority || (member.priority === priority && place < index)) before += 1
  })
  return [primary, before]
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
    consecutiveFailures >= limit ? failuresText(consecutiveFailures, null) : null

const whySlow =
  (limitMs: number) =>
  ({ recentP95Ms }: Candidate): string | null =>
    recentP95Ms !== null && recentP95Ms > limitMs ? slowText(recentP95Ms, limitMs) : null

function whyDearer({ eligible, request }: Ballot): (member: Candidate) => string | null {
  const costOf = (member: Candidate) => requestCostUsd(request, member)
  let least = Number.POSITIVE_INFINITY
  for (const member of eligible) least = Math.min(least, costOf(member) ?? least)
  return (member) => {
    const cost = costOf(member)
    return cost !== null && cost > least ? `${costText(cost)}, and another costs ${costText(least)}` : null
  }
}
