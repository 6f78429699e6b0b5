import type { Candidate } from './candidate.ts'
import type { BalanceAlgorithm, Strategy } from './route.ts'
import { sharesOf } from './shares.ts'

/** A member as far as it was configured, its own weight and priority put in. */
export type ConfiguredMember = Pick<Candidate, 'providerId' | 'weight' | 'priority'>

/**
 * The part of requests, 0..1, that each member is meant to have while all are eligible, parallel to `members`; null
 * where load, measurements, or the requests themselves decide.
 */
export function configuredShares(
  strategy: Strategy,
  members: readonly ConfiguredMember[],
): (number | null)[] {
  const shares = sharesBy(strategy, members)
  return members.map((_, place) => shares?.[place] ?? null)
}

function sharesBy(strategy: Strategy, members: readonly ConfiguredMember[]): readonly number[] | null {
  switch (strategy.type) {
    case 'single':
      return members.map(({ providerId }) => (providerId === strategy.providerId ? 1 : 0))
    case 'load-balance':
      return turnShares(strategy.algorithm, members)
    case 'failover':
      // Standing by is a share of nothing; a policy by cost makes whoever is cheapest the primary.
      return strategy.policy.type === 'cost' ? null : primaryShares(members)
    case 'ab-test':
      return variantShares(strategy, members)
    case 'geographic':
    case 'cost':
    case 'conditional':
    case 'adaptive':
      return null
  }
}

function turnShares(algorithm: BalanceAlgorithm, members: readonly ConfiguredMember[]): number[] | null {
  if (algorithm === 'weighted') return sharesOf(members.map(({ weight }) => weight))
  return algorithm === 'round-robin' ? sharesOf(members.map(() => 1)) : null
}

function primaryShares(members: readonly ConfiguredMember[]): number[] {
  const first = Math.min(...members.map(({ priority }) => priority))
  const primary = members.findIndex(({ priority }) => priority === first)
  return members.map((_, place) => (place === primary ? 1 : 0))
}

function variantShares(
  { variants }: Extract<Strategy, { type: 'ab-test' }>,
  members: readonly ConfiguredMember[],
): number[] {
  const shares = members.map(() => 0)
  for (const { percent, providerIds } of variants) {
    const places = members.flatMap(({ providerId }, place) =>
      providerIds.includes(providerId) ? [place] : [],
    )
    const within = sharesOf(places.map((place) => members[place]?.weight ?? 0))
    places.forEach((place, i) => (shares[place] = (shares[place] ?? 0) + (percent / 100) * (within[i] ?? 0)))
  }
  return shares
}
