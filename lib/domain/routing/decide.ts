import type { Ballot, Choice } from './ballot.ts'
import type { Candidate } from './candidate.ts'
import { choose, constraintOf } from './choose.ts'
import type { ReasonCode, Selection } from './decision.ts'
import { nobodyText, winnerText } from './decision-words.ts'
import { earliestReturn, eligibleField, type Asked, type Field } from './eligibility.ts'
import type { RequestFacts } from './request-facts.ts'
import { resolveStrategy, type ResolvedStrategy } from './resolve-strategy.ts'
import type { Route } from './route.ts'
import { type RouteMemory, turnsOn, withTurns } from './route-memory.ts'
import { verdictsOf, whyOut } from './verdicts.ts'

/** Everything that a selection depends on. */
export type DecideInput = {
  route: Pick<Route, 'name' | 'strategy'>
  request: RequestFacts
  /** One for each of the route's members, in the order in which the route lists them. */
  candidates: readonly Candidate[]
  memory: RouteMemory
  /** Providers not to be chosen, whatever else. */
  exclude: ReadonlySet<string>
  /** Providers not to be chosen while another member is eligible. */
  tried: ReadonlySet<string>
  /** Panic also while the eligible are a smaller part, 0..1, of those that panic may choose from. */
  panicThreshold: number
  mayPanic: boolean
  /** Epoch ms. */
  now: number
  /** A number from 0 up to 1; asked only where the choice is left to chance. */
  random: () => number
}

/** A selection, and the route's memory after it; who only wants to know what would be keeps the memory it had. */
export type Decided = { selection: Selection; memory: RouteMemory }

/** Chooses among a route's members, and says of each why or why not: a function of its input alone. */
export function decide(input: DecideInput): Decided {
  const { route, request, candidates, memory, exclude, tried, panicThreshold, mayPanic, now } = input
  const resolved = resolveStrategy(route.strategy, request, now)
  const constraint = constraintOf(resolved.strategy)
  const asked = { members: candidates, exclude, tried, constraint, mayPanic, panicThreshold }
  const field = eligibleField(asked)
  if (field.eligible.length === 0) return { selection: nobody(asked, field, resolved), memory }

  const rule = resolved.rule ?? ''
  const ballot: Ballot = {
    eligible: field.eligible,
    places: field.places,
    members: candidates,
    request,
    random: input.random,
    salt: `${route.name}\n${rule}`,
    turns: turnsOn(memory, rule),
    whyOut: (member) => whyOut(member, asked, field),
  }
  const choice = choose(resolved.strategy, ballot)
  return {
    selection: selectionOf(asked, field, { resolved, choice }),
    memory: choice.turns === undefined ? memory : withTurns(memory, rule, choice.turns),
  }
}

function nobody(asked: Asked, field: Field, { strategy, rule }: ResolvedStrategy): Selection {
  const returnsAt = earliestReturn(asked.members, field.drops)
  return {
    strategy: strategy.type,
    rule,
    variant: null,
    chosen: null,
    candidates: verdictsOf(asked, field, null),
    reason: nobodyText(field.drops, returnsAt),
    reasonCode: 'none_eligible',
    panic: false,
    returnsAt,
  }
}

function selectionOf(
  asked: Asked,
  field: Field,
  { resolved, choice }: { resolved: ResolvedStrategy; choice: Choice },
): Selection {
  const winner = field.eligible[choice.winner]
  const reason =
    winner === undefined
      ? choice.reason
      : winnerText(winner, choice.reason, { tried: asked.tried, panic: field.panic })
  return {
    strategy: resolved.strategy.type,
    rule: resolved.rule,
    variant: choice.variant ?? null,
    chosen: field.places[choice.winner] ?? null,
    candidates: verdictsOf(asked, field, { ...choice, reason }),
    reason,
    reasonCode: codeOf(choice.reasonCode, asked, field.panic),
    panic: field.panic,
    returnsAt: null,
  }
}

function codeOf(reasonCode: ReasonCode, { exclude, tried }: Asked, panic: boolean): ReasonCode {
  if (panic) return 'panic'
  return tried.size > 0 || exclude.size > 0 ? 'retry' : reasonCode
}
