import { describe, expect, it } from 'vitest'
import type { ProviderKind, ProviderModel } from '../provider.ts'
import { priceOf, providerPrice } from './price-table.ts'

describe('a list price', () => {
  it.each<[string, ProviderKind, string, { in: number; out: number } | null]>([
    ['of a model by its name', 'openai', 'gpt-4o', { in: 2.5, out: 10 }],
    ['of a dated snapshot', 'openai', 'gpt-4o-2024-08-06', { in: 2.5, out: 10 }],
    ['of a dated snapshot with its own price', 'openai', 'gpt-4o-2024-05-13', { in: 5, out: 15 }],
    ['of a snapshot dated in one number', 'anthropic', 'claude-sonnet-4-5-20250929', { in: 3, out: 15 }],
    ['of the same model on Azure', 'azure-openai', 'gpt-4o', { in: 2.5, out: 10 }],
    ['of embeddings, without output', 'openai', 'text-embedding-3-small', { in: 0.02, out: 0 }],
    ['of nothing on machines of one’s own', 'ollama', 'llama3', { in: 0, out: 0 }],
    ['not of a model that is not listed', 'openai', 'gpt-4o-my-fine-tune', null],
    ['not of another kind’s model', 'anthropic', 'gpt-4o', null],
    ['not of a kind without a list', 'openai-compatible', 'gpt-4o', null],
    ['not of what every object inherits', 'openai', 'constructor', null],
  ])('is told %s', (_what, kind, model, price) => {
    expect(priceOf(kind, model)).toEqual(price)
  })
})

describe('a provider’s price', () => {
  const model = (facts: Partial<ProviderModel>): ProviderModel => ({
    name: 'gpt-4o',
    alias: null,
    priceIn: null,
    priceOut: null,
    ...facts,
  })

  it.each<[string, ProviderModel[], string, { in: number; out: number } | null]>([
    ['its own before the list’s', [model({ priceIn: 1, priceOut: 2 })], 'gpt-4o', { in: 1, out: 2 }],
    ['its own where it is free', [model({ priceIn: 0, priceOut: 0 })], 'gpt-4o', { in: 0, out: 0 }],
    ['the list’s where it has none', [model({})], 'gpt-4o', { in: 2.5, out: 10 }],
    ['the list’s for the half it has none for', [model({ priceIn: 1 })], 'gpt-4o', { in: 1, out: 10 }],
    ['none with half a price and no list', [model({ name: 'mine', priceIn: 1 })], 'mine', null],
    [
      'its own for a model nobody lists',
      [model({ name: 'mine', priceIn: 1, priceOut: 3 })],
      'mine',
      { in: 1, out: 3 },
    ],
    ['not one of its other models', [model({ name: 'other', priceIn: 1, priceOut: 2 })], 'mine', null],
  ])('is %s', (_what, models, name, price) => {
    expect(providerPrice({ kind: 'openai', models }, name)).toEqual(price)
  })
})
