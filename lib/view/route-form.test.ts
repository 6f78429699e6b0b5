import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRouteSchema, replaceRouteSchema } from '#lib/contract/route.ts'
import type { StrategyInput } from '#lib/contract/strategy.ts'
import { providerConfig } from '#lib/contract/provider-config.fixture.ts'
import { compareNames } from '#lib/domain/name-order.ts'
import { STRATEGY_TYPES } from '#lib/domain/routing/route.ts'
import { fieldLabel, rebaseForm, sideConflicts } from './form-sides.ts'
import {
  createRouteInput,
  isSameRoute,
  modelsOf,
  moveMember,
  newRouteForm,
  replaceRouteInput,
  routeForm,
  routeOverAll,
  withMember,
  withoutMember,
  ROUTE_LABELS,
} from './route-form.ts'
import { routeConfig } from './stage-routing.fixture.ts'
import { strategyInput } from './strategy-form-input.ts'
import {
  CONDITION_KINDS,
  emptyCondition,
  newStrategy,
  strategyForm,
  strategyTypesIn,
  withStrategyType,
} from './strategy-form.ts'
import { conditionWords, strategyWords } from './strategy-words.ts'

const nested: StrategyInput = {
  type: 'conditional',
  rules: [
    {
      name: 'gold',
      when: {
        model: 'gpt-4o',
        modelPrefix: 'gpt',
        region: 'eu-west',
        user: 'ann',
        minRequestBytes: 1_000,
        minTokens: 2_000,
        time: { from: '08:00', to: '18:00', zone: 'Europe/Berlin' },
        header: { name: 'x-tier', equals: 'gold' },
        metadata: { key: 'team', matches: '^se' },
      },
      use: { type: 'failover', policy: { type: 'latency', p95: '2s' } },
    },
    { when: { region: 'us' }, use: { type: 'single', providerId: 'azure' } },
  ],
  otherwise: {
    type: 'ab-test',
    stickyBy: 'session',
    variants: [
      { name: 'a', percent: 90, providerIds: ['openai'] },
      { name: 'b', percent: 10, providerIds: ['azure'] },
    ],
  },
}

const stored: StrategyInput[] = [
  { type: 'single', providerId: 'openai' },
  { type: 'load-balance', algorithm: 'latency' },
  { type: 'failover', policy: { type: 'immediate' } },
  { type: 'failover', policy: { type: 'threshold', failures: 5 } },
  { type: 'failover', policy: { type: 'cost' } },
  { type: 'geographic' },
  { type: 'cost', maxLatency: '2s', minSuccessRate: 0.9 },
  { type: 'adaptive', weights: { success: 1, latency: 0, cost: 0.5 }, exploration: 0.02 },
  nested,
]

describe('routeForm and its inputs', () => {
  it.each(stored)('bring a stored strategy back as it was: $type', (strategy) => {
    const config = routeConfig({ strategy })
    const input = replaceRouteInput(routeForm(config), config.version)
    expect(input.strategy).toEqual(strategy)
    expect(input).toMatchObject({ models: config.models, members: config.members, expectedVersion: 3 })
    expect(replaceRouteSchema.safeParse(input).success).toBe(true)
  })

  it.each(STRATEGY_TYPES)('make a %s over two members that the server takes', (type) => {
    const form = withMember(withMember(newRouteForm(), 'openai'), 'azure')
    const strategy = newStrategy(type, ['openai', 'azure'])
    // Only a conditional begins with something to be written: what its rule asks for.
    const filled =
      strategy.type === 'conditional'
        ? {
            ...strategy,
            rules: strategy.rules.map((rule) => ({
              ...rule,
              when: [{ kind: 'model' as const, text: 'o3' }],
            })),
          }
        : strategy
    const input = createRouteInput({ ...form, name: 'chat', strategy: filled })
    expect(createRouteSchema.safeParse(input).error?.issues ?? []).toEqual([])
  })

  it('leaves complaints about what was not written at the fields’ own paths', () => {
    const form = { ...withMember(newRouteForm(), 'openai'), name: 'chat' }
    const at = (strategy: ReturnType<typeof newStrategy>) => {
      const parsed = createRouteSchema.safeParse(createRouteInput({ ...form, strategy }))
      return parsed.error?.issues.map(({ path }) => path.join('.'))
    }
    expect(at({ type: 'failover', policy: 'threshold', failures: null, p95: '' })).toEqual([
      'strategy.policy.failures',
    ])
    expect(at({ type: 'single', providerId: 'gone' })).toEqual(['strategy.providerId'])
    const rule = {
      name: '',
      when: [{ kind: 'minTokens' as const, amount: null }],
      use: newStrategy('geographic', []),
    }
    expect(at({ type: 'conditional', rules: [rule], otherwise: newStrategy('geographic', []) })).toEqual([
      'strategy.rules.0.when.minTokens',
    ])
    expect(
      at({ type: 'conditional', rules: [{ ...rule, when: [] }], otherwise: newStrategy('geographic', []) }),
    ).toEqual(['strategy.rules.0.when'])
  })

  it('takes model patterns apart at spaces and commas, each once', () => {
    expect(modelsOf(' gpt-4o*, o3\n o3,,claude-* ')).toEqual(['gpt-4o*', 'o3', 'claude-*'])
    expect(modelsOf('  ')).toEqual([])
  })
})

describe('routeOverAll', () => {
  it('takes every enabled provider and every model that one is known to serve', () => {
    const providers = [
      providerConfig('openai'),
      providerConfig('azure', { models: [{ name: 'gpt-4o', alias: 'four', priceIn: null, priceOut: null }] }),
      providerConfig('off', { enabled: false }),
    ]
    const form = routeOverAll(providers)
    expect(form.members.map(({ providerId }) => providerId)).toEqual(['openai', 'azure'])
    expect(form.models).toBe('four, gpt-4o')
    expect(createRouteSchema.safeParse(createRouteInput(form)).success).toBe(true)
  })

  it('takes any model where none is known', () => {
    expect(routeOverAll([providerConfig('ollama', { models: [] })]).models).toBe('*')
  })
})

describe('members', () => {
  const form = { ...routeForm(routeConfig({ strategy: nested })) }

  it('leave the strategy with the member, however deep', () => {
    const without = withoutMember(form, 'azure')
    expect(without.members.map(({ providerId }) => providerId)).toEqual(['openai'])
    expect(JSON.stringify(without.strategy)).not.toContain('azure')
    expect(JSON.stringify(without.strategy)).toContain('openai')
  })

  it('keep the order that is seen by their priorities', () => {
    const members = ['a', 'b', 'c'].map((providerId) => ({
      providerId,
      model: '',
      weight: null,
      priority: null,
    }))
    expect(moveMember(members, 2, -1).map(({ providerId, priority }) => [providerId, priority])).toEqual([
      ['a', 0],
      ['c', 1],
      ['b', 2],
    ])
    expect(moveMember(members, 0, -1)).toEqual(members)
    expect(moveMember(members, 2, 1)).toEqual(members)
  })
})

describe('withStrategyType', () => {
  it('keeps the old strategy as what a conditional falls back to, and gives it back', () => {
    const failover = { type: 'failover', policy: 'threshold', failures: 7, p95: '3s' } as const
    const conditional = withStrategyType(failover, 'conditional', [])
    expect(conditional).toMatchObject({ type: 'conditional', otherwise: failover })
    expect(withStrategyType(conditional, 'failover', [])).toBe(failover)
    expect(withStrategyType(failover, 'failover', [])).toBe(failover)
  })
})

describe('strategyTypesIn', () => {
  it('finds nested ones', () => {
    expect([...strategyTypesIn(strategyForm(nested))].toSorted()).toEqual([
      'ab-test',
      'conditional',
      'failover',
      'single',
    ])
  })
})

describe('two people’s changes', () => {
  const base = routeForm(routeConfig())
  const mine = { ...base, models: 'o3', strategy: newStrategy('geographic', []) }
  const theirs = { ...base, models: 'o4', limits: { ...base.limits, maxAttempts: 2 } }

  it('are told apart by field', () => {
    expect(sideConflicts(ROUTE_LABELS, { base, mine, theirs })).toEqual([
      { label: 'Models', by: 'both' },
      { label: 'Strategy', by: 'mine' },
      { label: 'Limits', by: 'theirs' },
    ])
  })

  it('are laid together, mine over theirs', () => {
    expect(rebaseForm(ROUTE_LABELS, { base, mine, theirs })).toEqual({ ...mine, limits: theirs.limits })
  })

  it('a form that says the same is the same', () => {
    expect(isSameRoute(base, { ...base, models: 'gpt-4o* o3' })).toBe(true)
    expect(isSameRoute(base, mine)).toBe(false)
  })
})

describe('words', () => {
  const nameOf = (id: string) => id

  it.each([
    [
      { type: 'failover', policy: { type: 'threshold', failures: 1 } },
      'in order; the first is left after 1 failure in a row',
    ],
    [
      { type: 'failover', policy: { type: 'latency', p95: '3s' } },
      'in order; the first is left while its p95 is over 3s',
    ],
    [{ type: 'cost', maxLatency: '2s', minSuccessRate: null }, 'the cheapest with a p95 of at most 2s'],
    [{ type: 'cost' }, 'the cheapest'],
    [{ type: 'single', providerId: 'azure' }, 'all to azure'],
    [nested, '2 rules; else 90\u202f% a, 10\u202f% b, by session'],
  ] satisfies [StrategyInput, string][])('say a strategy in one phrase', (strategy, words) => {
    expect(strategyWords(strategy, nameOf)).toBe(words)
  })

  it('say every condition that is set', () => {
    const { when } = nested.rules[0]!
    expect(conditionWords(when).split(' and ')).toHaveLength(9)
    expect(conditionWords({ header: { name: 'x-tier', matches: '^g' } })).toBe('header x-tier matches ^g')
  })

  it('name the field of a complaint', () => {
    expect(fieldLabel(ROUTE_LABELS, 'members.0.weight')).toBe('Members')
    expect(fieldLabel(ROUTE_LABELS, 'elsewhere')).toBe('elsewhere')
  })
})

/*
 * Whatever conditions are put together and taken apart again, nothing of them is lost.
 * Mutants it killed: `equals` and `matches` swapped in `testInput`; `minTokens` read as `minRequestBytes`; the last
 * of the conditions dropped.
 */
it('brings any set of conditions back', () => {
  const text = fc.stringMatching(/^[a-z]{1,8}$/)
  const condition = (kind: (typeof CONDITION_KINDS)[number]) => {
    const empty = emptyCondition(kind)
    if ('text' in empty) return text.map((value) => ({ ...empty, text: value }))
    if ('amount' in empty) return fc.integer({ min: 1, max: 1_000 }).map((amount) => ({ ...empty, amount }))
    if ('zone' in empty) return fc.constant(empty)
    return fc
      .record({ name: text, test: fc.constantFrom('equals' as const, 'matches' as const), value: text })
      .map((values) => ({ ...empty, ...values }))
  }
  const conditions = fc
    .shuffledSubarray([...CONDITION_KINDS], { minLength: 1 })
    .chain((kinds) => fc.tuple(...kinds.map(condition)))
  fc.assert(
    fc.property(conditions, (when) => {
      const form = {
        type: 'conditional' as const,
        rules: [{ name: 'one', when, use: newStrategy('geographic', []) }],
        otherwise: newStrategy('geographic', []),
      }
      const again = strategyForm(strategyInput(form))
      if (again.type !== 'conditional') throw new Error('another type')
      const byKind = (one: { kind: string }, other: { kind: string }) => compareNames(one.kind, other.kind)
      expect(again.rules[0]!.when.toSorted(byKind)).toEqual(when.toSorted(byKind))
    }),
  )
})
