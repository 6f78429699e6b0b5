import { isMet } from './conditions.ts'
import type { RequestFacts } from './request-facts.ts'
import type { Strategy } from './route.ts'

/** A strategy that chooses itself. */
export type PlainStrategy = Exclude<Strategy, { type: 'conditional' }>

/** The strategy that applies to a request, and the rules that led there, outermost first; null without a rule. */
export type ResolvedStrategy = { strategy: PlainStrategy; rule: string | null }

/** Goes through conditional rules, first match first, down to the strategy that chooses. */
export function resolveStrategy(strategy: Strategy, request: RequestFacts, now: number): ResolvedStrategy {
  let at = strategy
  let rule: string | null = null
  while (at.type === 'conditional') {
    const match = at.rules.find(({ when }) => isMet(when, request, now))
    const name = match?.name ?? 'otherwise'
    rule = rule === null ? name : `${rule} › ${name}`
    at = match?.use ?? at.otherwise
  }
  return { strategy: at, rule }
}
