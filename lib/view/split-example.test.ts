import { describe, expect, it } from 'vitest'
import type { ProviderRow } from '#lib/contract/monitor.ts'
import { providerConfig } from '#lib/contract/provider-config.fixture.ts'
import { splitExample } from './split-example.ts'
import type { StrategyForm } from './strategy-form.ts'

const providers = [
  providerConfig('openai', { region: 'us-east', weight: 7 }),
  providerConfig('azure', {
    region: 'eu-west',
    weight: 3,
    models: [{ name: 'gpt-4o', alias: null, priceIn: 1, priceOut: 2 }],
  }),
  providerConfig('groq', { weight: 10 }),
]

const member = (providerId: string, weight: number | null = null, priority: number | null = null) => ({
  providerId,
  model: '',
  weight,
  priority,
})

/** Only what an example takes of a row. */
const row = (id: string, averageLatencyMs: number) =>
  ({
    id,
    averageLatencyMs,
    successRate: 1,
    samples: 9,
    lastHour: { p95Ms: averageLatencyMs * 2 },
  }) as ProviderRow

const example = (
  strategy: StrategyForm,
  members = [member('openai'), member('azure')],
  rows: readonly ProviderRow[] = [],
) => splitExample({ strategy, members, models: 'gpt-4o', providers, rows })

const counts = (...given: Parameters<typeof example>) =>
  Object.fromEntries((example(...given)?.parts ?? []).map(({ providerId, count }) => [providerId, count]))

describe('splitExample', () => {
  it('gives each member its weight’s part of a hundred requests, its own weight or the provider’s', () => {
    const weighted: StrategyForm = { type: 'load-balance', algorithm: 'weighted' }
    expect(counts(weighted)).toEqual({ openai: 70, azure: 30 })
    expect(counts(weighted, [member('openai', 1), member('azure')])).toEqual({ openai: 25, azure: 75 })
    expect(counts(weighted, [member('openai', 0), member('azure')])).toEqual({ openai: 0, azure: 100 })
  })

  it('takes turns whatever the weights', () => {
    expect(counts({ type: 'load-balance', algorithm: 'round-robin' })).toEqual({ openai: 50, azure: 50 })
  })

  it('goes by the latencies measured last, the same way each time', () => {
    const fastest: StrategyForm = { type: 'load-balance', algorithm: 'latency' }
    const rows = [row('openai', 400), row('azure', 900)]
    expect(counts(fastest, undefined, rows)).toEqual({ openai: 100, azure: 0 })
    const three = [member('openai', 1), member('azure', 1), member('groq', 1)]
    const split = counts(fastest, three, [...rows, row('groq', 100)])
    expect(split['groq']! > split['openai']! && split['openai']! > split['azure']!).toBe(true)
    expect(counts(fastest, three, [...rows, row('groq', 100)])).toEqual(split)
  })

  it('gives the variants of a test exactly their percentages, and always a hundred in all', () => {
    const variants = (...parts: [string, number, string[]][]) =>
      parts.map(([name, percent, providerIds]) => ({ name, percent, providerIds }))
    const test = (all: ReturnType<typeof variants>): StrategyForm => ({
      type: 'ab-test',
      stickyBy: 'user',
      variants: all,
    })
    expect(counts(test(variants(['a', 90, ['openai']], ['b', 10, ['azure']])))).toEqual({
      openai: 90,
      azure: 10,
    })
    const thirds = counts(test(variants(['a', 66.7, ['openai']], ['b', 33.3, ['azure']])))
    expect(thirds).toEqual({ openai: 67, azure: 33 })
    const shared = counts(test(variants(['a', 50, ['openai', 'azure']], ['b', 50, ['groq']])), [
      member('openai'),
      member('azure'),
      member('groq'),
    ])
    expect(shared).toEqual({ openai: 35, azure: 15, groq: 50 })
  })

  it('scores by what was measured for an adaptive route', () => {
    const adaptive: StrategyForm = { type: 'adaptive', success: 0, latency: 1, cost: 0, exploration: 0 }
    expect(counts(adaptive, undefined, [row('openai', 100), row('azure', 300)])).toEqual({
      openai: 75,
      azure: 25,
    })
  })

  it.each<[string, StrategyForm, ReturnType<typeof member>[], RegExp]>([
    [
      'failover',
      { type: 'failover', policy: 'immediate', failures: 3, p95: '3s' },
      [member('openai', null, 2), member('azure', null, 1)],
      /^Every request goes to azure; then openai\.$/,
    ],
    [
      'single',
      { type: 'single', providerId: 'openai' },
      [member('openai'), member('azure')],
      /^Every request goes to openai; nobody stands in for it\.$/,
    ],
    [
      'cost',
      { type: 'cost', maxLatency: null, minSuccessRate: null },
      [member('openai'), member('azure')],
      /^Every request goes to azure \(about \$.*cheapest of 2\); then openai\.$/,
    ],
    [
      'geographic',
      { type: 'geographic' },
      [member('openai'), member('azure')],
      /^Requests from us-east to openai, eu-west to azure, elsewhere or nowhere to openai\.$/,
    ],
  ])('says a %s in a sentence', (_type, strategy, members, sentence) => {
    const said = example(strategy, members)
    expect(said?.sentence).toMatch(sentence)
    expect(said?.parts).toEqual([])
  })

  it('gives each rule of a conditional its own example', () => {
    const said = example({
      type: 'conditional',
      rules: [
        { name: 'gold', when: [{ kind: 'user', text: 'ann' }], use: { type: 'single', providerId: 'azure' } },
        {
          name: '',
          when: [{ kind: 'region', text: 'eu' }],
          use: { type: 'load-balance', algorithm: 'weighted' },
        },
      ],
      otherwise: { type: 'load-balance', algorithm: 'round-robin' },
    })
    expect(said?.rules.map(({ name, when }) => [name, when])).toEqual([
      ['gold', 'user is ann'],
      ['rule 2', 'region is eu'],
      ['otherwise', ''],
    ])
    expect(said?.rules[0]!.example.sentence).toMatch(/^Every request goes to azure/)
    expect(said?.rules[1]!.example.parts.map(({ count }) => count)).toEqual([70, 30])
  })

  it('says nothing while something is missing', () => {
    expect(example({ type: 'single', providerId: '' })).toBeNull()
    expect(example({ type: 'failover', policy: 'threshold', failures: null, p95: '' })).toBeNull()
    expect(example({ type: 'geographic' }, [])).toBeNull()
  })
})
