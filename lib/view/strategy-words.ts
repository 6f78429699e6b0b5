import type { StrategyInput } from '#lib/contract/strategy.ts'
import type { BalanceAlgorithm, StickyKey, StrategyType } from '#lib/domain/routing/route.ts'
import { formatCount, formatPercent, plural, THIN } from './format.ts'
import type { ConditionKind } from './strategy-form.ts'

type Of<Type extends StrategyType> = Extract<StrategyInput, { type: Type }>
type NameOf = (providerId: string) => string

/** What each strategy is called, and in one line what it does. */
export const STRATEGY_FACTS: Readonly<Record<StrategyType, { label: string; note: string }>> = {
  single: { label: 'Single', note: 'One provider, or nothing' },
  'load-balance': { label: 'Load balance', note: 'Spread over the eligible members' },
  failover: { label: 'Failover', note: 'The first eligible member in order' },
  'ab-test': { label: 'A/B test', note: 'Variants by percent; the same user gets the same one' },
  geographic: { label: 'Geographic', note: 'The client’s own region, then the nearest' },
  cost: { label: 'Cost', note: 'The cheapest that is fast and reliable enough' },
  conditional: { label: 'Conditional', note: 'The first rule that matches decides how' },
  adaptive: { label: 'Adaptive', note: 'In proportion to success, latency and cost as measured' },
}

/** How a load balancer spreads. */
export const ALGORITHM_FACTS: Readonly<Record<BalanceAlgorithm, { label: string; note: string }>> = {
  weighted: { label: 'By weight', note: 'Exactly in proportion to the members’ weights' },
  'round-robin': { label: 'Round robin', note: 'Each in turn, weights aside' },
  'least-busy': { label: 'Least busy', note: 'The one with the fewest requests under way' },
  latency: { label: 'Fastest of two', note: 'Of two members drawn by chance, the one that answers faster' },
}

/** What keeps a caller with its variant. */
export const STICKY_WORDS: Readonly<Record<StickyKey, string>> = {
  user: 'by user',
  session: 'by session',
  none: 'anew for each request',
}

/** What each condition asks about, as the beginning of a phrase that its value ends. */
export const CONDITION_WORDS: Readonly<Record<ConditionKind, string>> = {
  model: 'the model is',
  modelPrefix: 'the model begins with',
  region: 'the region is',
  user: 'the user is',
  minRequestBytes: 'its bytes are at least',
  minTokens: 'its tokens are at least',
  time: 'it is between',
  header: 'a header',
  metadata: 'its metadata',
}

const ALGORITHM_WORDS: Record<BalanceAlgorithm, string> = {
  weighted: 'spread by weight',
  'round-robin': 'spread in turn',
  'least-busy': 'to the least busy',
  latency: 'to the faster of two drawn by chance',
}

/** A strategy in one phrase: "spread by weight", "in order; the first is left after 3 failures in a row". */
export function strategyWords(strategy: StrategyInput, nameOf: NameOf): string {
  switch (strategy.type) {
    case 'single':
      return `all to ${nameOf(strategy.providerId)}`
    case 'load-balance':
      return ALGORITHM_WORDS[strategy.algorithm]
    case 'failover':
      return `in order; ${leaveWords(strategy.policy)}`
    case 'ab-test':
      return abTestWords(strategy)
    case 'geographic':
      return 'the client’s region first, then the nearest'
    case 'cost':
      return costWords(strategy)
    case 'conditional':
      return `${plural(strategy.rules.length, 'rule')}; else ${strategyWords(strategy.otherwise, nameOf)}`
    case 'adaptive':
      return adaptiveWords(strategy)
  }
}

function leaveWords(policy: Of<'failover'>['policy']): string {
  switch (policy.type) {
    case 'immediate':
      return 'the first is left at its first failure'
    case 'threshold':
      return `the first is left after ${plural(policy.failures, 'failure')} in a row`
    case 'latency':
      return `the first is left while its p95 is over ${policy.p95}`
    case 'cost':
      return 'the first is left for a cheaper one'
  }
}

function abTestWords({ variants, stickyBy }: Of<'ab-test'>): string {
  const parts = variants.map(({ name, percent }) => `${percent}${THIN}% ${name}`)
  return `${parts.join(', ')}, ${STICKY_WORDS[stickyBy]}`
}

function costWords({ maxLatency = null, minSuccessRate = null }: Of<'cost'>): string {
  const limits = [
    maxLatency === null ? null : `a p95 of at most ${maxLatency}`,
    minSuccessRate === null ? null : `a health score of at least ${formatPercent(minSuccessRate)}`,
  ].filter((limit) => limit !== null)
  return limits.length === 0 ? 'the cheapest' : `the cheapest with ${limits.join(' and ')}`
}

function adaptiveWords({ weights, exploration }: Of<'adaptive'>): string {
  const sum = weights.success + weights.latency + weights.cost
  const parts = (['success', 'latency', 'cost'] as const)
    .filter((name) => weights[name] > 0)
    .map((name) => `${name} ${formatPercent(weights[name] / sum)}`)
  return `by ${parts.join(', ')}; ${formatPercent(exploration)} explore`
}

type Condition = Of<'conditional'>['rules'][number]['when']

/** What a rule asks of a request, in words: "model begins with gpt-4 and region is eu-west". */
export function conditionWords(when: Condition): string {
  const { model, modelPrefix, region, user, minRequestBytes, minTokens, time, header, metadata } = when
  const parts = [
    model === undefined ? null : `model is ${model}`,
    modelPrefix === undefined ? null : `model begins with ${modelPrefix}`,
    region === undefined ? null : `region is ${region}`,
    user === undefined ? null : `user is ${user}`,
    minRequestBytes === undefined ? null : `at least ${formatCount(minRequestBytes)} bytes`,
    minTokens === undefined ? null : `at least ${formatCount(minTokens)} tokens`,
    time === undefined ? null : `from ${time.from} to ${time.to} in ${time.zone}`,
    header === undefined ? null : `header ${header.name} ${testWords(header)}`,
    metadata === undefined ? null : `metadata ${metadata.key} ${testWords(metadata)}`,
  ]
  return parts.filter((part) => part !== null).join(' and ')
}

const testWords = (test: object): string => {
  if ('equals' in test) return `is ${String(test.equals)}`
  return 'matches' in test ? `matches ${String(test.matches)}` : ''
}
