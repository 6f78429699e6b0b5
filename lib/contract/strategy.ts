import { z } from 'zod'
import {
  BALANCE_ALGORITHMS,
  type Condition,
  type FailoverPolicy,
  STICKY_KEYS,
  type Strategy,
  type Variant,
} from '#lib/domain/routing/route.ts'
import { formatDuration, msOf, textOfMs } from './duration.ts'
import { conditionSchema, wordSchema } from './condition.ts'
import { rateSchema, timeoutSchema } from './settings.ts'

const percent = z.number().min(0, 'at least 0').max(100, 'at most 100')

const failoverPolicySchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('immediate') }),
  z.strictObject({
    type: z.literal('threshold'),
    failures: z.int().min(1, 'at least 1').max(100, 'at most 100'),
  }),
  z.strictObject({ type: z.literal('latency'), p95: timeoutSchema }),
  z.strictObject({ type: z.literal('cost') }),
])

const variantSchema = z.strictObject({
  name: wordSchema,
  percent,
  providerIds: z.array(z.string().min(1)).min(1, 'choose at least one provider').max(100),
})

const plainStrategySchemas = [
  z.strictObject({ type: z.literal('single'), providerId: z.string().min(1, 'choose a provider') }),
  z.strictObject({ type: z.literal('load-balance'), algorithm: z.enum(BALANCE_ALGORITHMS) }),
  z.strictObject({ type: z.literal('failover'), policy: failoverPolicySchema }),
  z.strictObject({
    type: z.literal('ab-test'),
    stickyBy: z.enum(STICKY_KEYS),
    variants: z
      .array(variantSchema)
      .min(2, 'at least two variants')
      .max(10, 'at most 10 variants')
      .refine(
        (variants) => Math.abs(variants.reduce((sum, one) => sum + one.percent, 0) - 100) < 0.001,
        'the percentages must add up to 100',
      )
      .refine(
        (variants) => new Set(variants.map(({ name }) => name)).size === variants.length,
        'variant names must differ',
      ),
  }),
  z.strictObject({ type: z.literal('geographic') }),
  z.strictObject({
    type: z.literal('cost'),
    maxLatency: timeoutSchema.nullish(),
    minSuccessRate: rateSchema.nullish(),
  }),
  z.strictObject({
    type: z.literal('adaptive'),
    weights: z
      .strictObject({ success: rateSchema, latency: rateSchema, cost: rateSchema })
      .refine(({ success, latency, cost }) => success + latency + cost > 0, 'at least one above 0'),
    exploration: rateSchema,
  }),
] as const

export type StrategyInput =
  | z.infer<(typeof plainStrategySchemas)[number]>
  | { type: 'conditional'; rules: ConditionalRuleInput[]; otherwise: StrategyInput }
type ConditionalRuleInput = {
  name?: string | undefined
  when: z.infer<typeof conditionSchema>
  use: StrategyInput
}

/** A strategy as the wire writes it; `conditional` nests any of them. */
export const strategySchema: z.ZodType<StrategyInput> = z.lazy(() =>
  z.discriminatedUnion('type', [
    ...plainStrategySchemas,
    z.strictObject({
      type: z.literal('conditional'),
      rules: z
        .array(z.strictObject({ name: wordSchema.optional(), when: conditionSchema, use: strategySchema }))
        .min(1, 'at least one rule')
        .max(50, 'at most 50 rules'),
      otherwise: strategySchema,
    }),
  ]),
)

/** How deep strategies may nest. */
const MAX_DEPTH = 5

type Nest = { members: ReadonlySet<string>; path: (string | number)[]; depth: number }

/** The complaints about a strategy that its schema alone cannot make: members it does not have, and depth. */
export function strategyErrors(
  strategy: StrategyInput,
  nest: Nest,
): { path: (string | number)[]; message: string }[] {
  const { members, path, depth } = nest
  if (depth > MAX_DEPTH) return [{ path, message: `strategies nest at most ${MAX_DEPTH} deep` }]
  const unknown = (id: string, at: (string | number)[]) =>
    members.has(id) ? [] : [{ path: [...path, ...at], message: `${id} is not a member of this route` }]
  switch (strategy.type) {
    case 'single':
      return unknown(strategy.providerId, ['providerId'])
    case 'ab-test':
      return strategy.variants.flatMap(({ providerIds }, variant) =>
        providerIds.flatMap((id, index) => unknown(id, ['variants', variant, 'providerIds', index])),
      )
    case 'conditional':
      return [
        ...strategy.rules.flatMap(({ use }, rule) =>
          strategyErrors(use, { members, path: [...path, 'rules', rule, 'use'], depth: depth + 1 }),
        ),
        ...strategyErrors(strategy.otherwise, { members, path: [...path, 'otherwise'], depth: depth + 1 }),
      ]
    case 'load-balance':
    case 'failover':
    case 'geographic':
    case 'cost':
    case 'adaptive':
      return []
  }
}

/** The domain's strategy of what a schema has accepted; a rule without a name is named by its place. */
export function strategyOfInput(input: StrategyInput): Strategy {
  switch (input.type) {
    case 'single':
    case 'load-balance':
    case 'geographic':
    case 'adaptive':
      return input
    case 'ab-test':
      return { ...input, variants: input.variants satisfies readonly Variant[] }
    case 'failover':
      return { type: 'failover', policy: policyOfInput(input.policy) }
    case 'cost':
      return {
        type: 'cost',
        maxLatencyMs: msOf(input.maxLatency),
        minSuccessRate: input.minSuccessRate ?? null,
      }
    case 'conditional':
      return {
        type: 'conditional',
        rules: input.rules.map(({ name, when, use }, index) => ({
          name: name ?? `rule ${index + 1}`,
          when: conditionOf(when),
          use: strategyOfInput(use),
        })),
        otherwise: strategyOfInput(input.otherwise),
      }
  }
}

const policyOfInput = (policy: z.infer<typeof failoverPolicySchema>): FailoverPolicy =>
  policy.type === 'latency' ? { type: 'latency', p95Ms: msOf(policy.p95) ?? Number.NaN } : policy

/** A condition that its schema has accepted, which says `undefined` where the domain leaves a field out; both mean "any". */
const conditionOf = (when: z.infer<typeof conditionSchema>): Condition => when as Condition

/** The strategy as the wire writes it. */
export function inputOfStrategy(strategy: Strategy): StrategyInput {
  switch (strategy.type) {
    case 'single':
    case 'load-balance':
    case 'geographic':
    case 'adaptive':
      return strategy
    case 'ab-test':
      return {
        ...strategy,
        variants: strategy.variants.map((one) => ({ ...one, providerIds: [...one.providerIds] })),
      }
    case 'failover': {
      const { policy } = strategy
      return policy.type === 'latency'
        ? { type: 'failover', policy: { type: 'latency', p95: formatDuration(policy.p95Ms) } }
        : { type: 'failover', policy }
    }
    case 'cost':
      return {
        type: 'cost',
        maxLatency: textOfMs(strategy.maxLatencyMs),
        minSuccessRate: strategy.minSuccessRate,
      }
    case 'conditional':
      return {
        type: 'conditional',
        rules: strategy.rules.map(({ name, when, use }) => ({
          name,
          when: { ...when },
          use: inputOfStrategy(use),
        })),
        otherwise: inputOfStrategy(strategy.otherwise),
      }
  }
}
