import type { Ballot, Choice } from './ballot.ts'
import type { Constraint } from './eligibility.ts'
import type { PlainStrategy } from './resolve-strategy.ts'
import { chooseVariant, inVariant } from './strategies/ab-test.ts'
import { chooseByScore } from './strategies/adaptive.ts'
import { chooseCheapest, withinLimits } from './strategies/cost.ts'
import { chooseInOrder } from './strategies/failover.ts'
import { chooseNearest } from './strategies/geographic.ts'
import { chooseByLoad } from './strategies/load-balance.ts'
import { chooseSingle, onlyOne } from './strategies/single.ts'

/** Whom a strategy does not take whatever their state; null when it takes anybody. */
export function constraintOf(strategy: PlainStrategy): Constraint | null {
  switch (strategy.type) {
    case 'single':
      return onlyOne(strategy.providerId)
    case 'ab-test':
      return inVariant(strategy)
    case 'cost':
      return withinLimits(strategy)
    case 'load-balance':
    case 'failover':
    case 'geographic':
    case 'adaptive':
      return null
  }
}

/** Chooses one of the ballot by the strategy's rule. */
export function choose(strategy: PlainStrategy, ballot: Ballot): Choice {
  switch (strategy.type) {
    case 'single':
      return chooseSingle()
    case 'load-balance':
      return chooseByLoad(strategy.algorithm, ballot)
    case 'failover':
      return chooseInOrder(strategy.policy, ballot)
    case 'ab-test':
      return chooseVariant(strategy, ballot)
    case 'geographic':
      return chooseNearest(ballot)
    case 'cost':
      return chooseCheapest(ballot)
    case 'adaptive':
      return chooseByScore(strategy, ballot)
  }
}
