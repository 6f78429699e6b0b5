import type { StrategyInput } from '#lib/contract/strategy.ts'
import type { BalanceAlgorithm, StickyKey, StrategyType } from '#lib/domain/routing/route.ts'

/** What a rule can ask of a request, each at most once. */
export const CONDITION_KINDS = [
  'model',
  'modelPrefix',
  'region',
  'user',
  'minRequestBytes',
  'minTokens',
  'time',
  'header',
  'metadata',
] as const
export type ConditionKind = (typeof CONDITION_KINDS)[number]

/** One condition as its form holds it. */
export type ConditionForm =
  | { kind: 'model' | 'modelPrefix' | 'region' | 'user'; text: string }
  | { kind: 'minRequestBytes' | 'minTokens'; amount: number | null }
  | { kind: 'time'; from: string; to: string; zone: string }
  | { kind: 'header' | 'metadata'; name: string; test: 'equals' | 'matches'; value: string }

export type RuleForm = { name: string; when: ConditionForm[]; use: StrategyForm }
export type VariantForm = { name: string; percent: number | null; providerIds: string[] }

type FailoverPolicyType = 'immediate' | 'threshold' | 'latency' | 'cost'

/** A strategy as its form holds it: what may be empty is null or an empty text. */
export type StrategyForm =
  | { type: 'single'; providerId: string }
  | { type: 'load-balance'; algorithm: BalanceAlgorithm }
  | { type: 'failover'; policy: FailoverPolicyType; failures: number | null; p95: string }
  | { type: 'ab-test'; stickyBy: StickyKey; variants: VariantForm[] }
  | { type: 'geographic' }
  | { type: 'cost'; maxLatency: string | null; minSuccessRate: number | null }
  | { type: 'conditional'; rules: RuleForm[]; otherwise: StrategyForm }
  | {
      type: 'adaptive'
      success: number | null
      latency: number | null
      cost: number | null
      exploration: number | null
    }

/** A condition of that kind with nothing written in it yet. */
export function emptyCondition(kind: ConditionKind): ConditionForm {
  switch (kind) {
    case 'model':
    case 'modelPrefix':
    case 'region':
    case 'user':
      return { kind, text: '' }
    case 'minRequestBytes':
    case 'minTokens':
      return { kind, amount: null }
    case 'time':
      return { kind, from: '08:00', to: '18:00', zone: 'UTC' }
    case 'header':
    case 'metadata':
      return { kind, name: '', test: 'equals', value: '' }
  }
}

/** A rule to begin with. */
export const emptyRule = (): RuleForm => ({
  name: '',
  when: [emptyCondition('modelPrefix')],
  use: { type: 'load-balance', algorithm: 'weighted' },
})

/** A strategy of that type with usual values, over those members. */
export function newStrategy(type: StrategyType, members: readonly string[]): StrategyForm {
  switch (type) {
    case 'single':
      return { type, providerId: members[0] ?? '' }
    case 'load-balance':
      return { type, algorithm: 'weighted' }
    case 'failover':
      return { type, policy: 'immediate', failures: 3, p95: '3s' }
    case 'ab-test':
      return { type, stickyBy: 'user', variants: firstVariants(members) }
    case 'geographic':
      return { type }
    case 'cost':
      return { type, maxLatency: null, minSuccessRate: null }
    case 'conditional':
      return { type, rules: [emptyRule()], otherwise: { type: 'load-balance', algorithm: 'weighted' } }
    case 'adaptive':
      return { type, success: 0.5, latency: 0.3, cost: 0.2, exploration: 0.01 }
  }
}

/** Two equal halves: the first member against the rest. */
const firstVariants = ([first, ...rest]: readonly string[]): VariantForm[] => [
  { name: 'a', percent: 50, providerIds: first === undefined ? [] : [first] },
  { name: 'b', percent: 50, providerIds: rest.slice(0, 1) },
]

/**
 * The strategy with another type. What stood there becomes what a conditional falls back to, and comes back out of it
 * when its own type is chosen again.
 */
export function withStrategyType(
  strategy: StrategyForm,
  type: StrategyType,
  members: readonly string[],
): StrategyForm {
  if (strategy.type === type) return strategy
  if (strategy.type === 'conditional' && strategy.otherwise.type === type) return strategy.otherwise
  const next = newStrategy(type, members)
  return next.type === 'conditional' ? { ...next, otherwise: strategy } : next
}

/** The strategy without that member in any of its parts. */
export function withoutProvider(strategy: StrategyForm, providerId: string): StrategyForm {
  switch (strategy.type) {
    case 'single':
      return strategy.providerId === providerId ? { ...strategy, providerId: '' } : strategy
    case 'ab-test':
      return {
        ...strategy,
        variants: strategy.variants.map((variant) => ({
          ...variant,
          providerIds: variant.providerIds.filter((id) => id !== providerId),
        })),
      }
    case 'conditional':
      return {
        ...strategy,
        rules: strategy.rules.map((rule) => ({ ...rule, use: withoutProvider(rule.use, providerId) })),
        otherwise: withoutProvider(strategy.otherwise, providerId),
      }
    case 'load-balance':
    case 'failover':
    case 'geographic':
    case 'cost':
    case 'adaptive':
      return strategy
  }
}

/** Every type of strategy in it, nested ones too. */
export function strategyTypesIn(strategy: StrategyForm): ReadonlySet<StrategyType> {
  if (strategy.type !== 'conditional') return new Set([strategy.type])
  const nested = [strategy.otherwise, ...strategy.rules.map(({ use }) => use)]
  return new Set([strategy.type, ...nested.flatMap((one) => [...strategyTypesIn(one)])])
}

/** A stored strategy as its form holds it. */
export function strategyForm(input: StrategyInput): StrategyForm {
  switch (input.type) {
    case 'single':
    case 'load-balance':
    case 'geographic':
      return input
    case 'failover':
      return failoverForm(input)
    case 'ab-test':
      return { ...input, variants: input.variants.map((one) => ({ ...one })) }
    case 'cost':
      return costForm(input)
    case 'conditional':
      return {
        type: 'conditional',
        rules: input.rules.map(({ name = '', when, use }) => ({
          name,
          when: conditionForms(when),
          use: strategyForm(use),
        })),
        otherwise: strategyForm(input.otherwise),
      }
    case 'adaptive':
      return { type: 'adaptive', ...input.weights, exploration: input.exploration }
  }
}

type Of<Type extends StrategyType> = Extract<StrategyInput, { type: Type }>

function failoverForm({ policy }: Of<'failover'>): StrategyForm {
  const usual = { type: 'failover', policy: policy.type, failures: 3, p95: '3s' } as const
  if (policy.type === 'threshold') return { ...usual, failures: policy.failures }
  return policy.type === 'latency' ? { ...usual, p95: policy.p95 } : usual
}

const costForm = ({ maxLatency = null, minSuccessRate = null }: Of<'cost'>): StrategyForm => ({
  type: 'cost',
  maxLatency,
  minSuccessRate,
})

type Condition = Of<'conditional'>['rules'][number]['when']

function conditionForms(when: Condition): ConditionForm[] {
  const { time, header, metadata } = when
  const texts = (['model', 'modelPrefix', 'region', 'user'] as const).flatMap((kind) =>
    when[kind] === undefined ? [] : [{ kind, text: when[kind] }],
  )
  const amounts = (['minRequestBytes', 'minTokens'] as const).flatMap((kind) =>
    when[kind] === undefined ? [] : [{ kind, amount: when[kind] }],
  )
  return [
    ...texts,
    ...amounts,
    ...(time === undefined ? [] : [{ kind: 'time' as const, ...time }]),
    ...(header === undefined ? [] : [{ kind: 'header' as const, name: header.name, ...testForm(header) }]),
    ...(metadata === undefined
      ? []
      : [{ kind: 'metadata' as const, name: metadata.key, ...testForm(metadata) }]),
  ]
}

function testForm(test: { equals: string } | { matches: string }): {
  test: 'equals' | 'matches'
  value: string
} {
  return 'equals' in test ? { test: 'equals', value: test.equals } : { test: 'matches', value: test.matches }
}
