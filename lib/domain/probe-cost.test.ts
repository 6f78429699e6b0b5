import { describe, expect, it } from 'vitest'
import { completionCostUsd, probeBudget } from './probe-cost.ts'

const prices = { priceIn: 3, priceOut: 15 }

describe('completionCostUsd', () => {
  it('counts prices per million tokens', () => {
    expect(completionCostUsd({ inputTokens: 1_000_000, outputTokens: 100_000 }, prices)).toBeCloseTo(4.5, 12)
    expect(completionCostUsd({ inputTokens: 12, outputTokens: 256 }, prices)).toBeCloseTo(0.003876, 12)
    expect(completionCostUsd({ inputTokens: 12, outputTokens: 256 }, { priceIn: 0, priceOut: 0 })).toBe(0)
  })

  it('is null, not free, when tokens or prices are unknown', () => {
    expect(completionCostUsd(null, prices)).toBeNull()
    expect(completionCostUsd({ inputTokens: 1, outputTokens: 1 }, { priceIn: null, priceOut: 15 })).toBeNull()
    expect(completionCostUsd({ inputTokens: 1, outputTokens: 1 }, { priceIn: 3, priceOut: null })).toBeNull()
  })
})

describe('probeBudget', () => {
  it.each([
    ['no budget', 99, null, prices, 'run'],
    ['no budget and no prices', 99, null, { priceIn: null, priceOut: null }, 'run'],
    ['nothing spent', 0, 1, prices, 'run'],
    ['just under', 0.999, 1, prices, 'run'],
    ['reached', 1, 1, prices, 'budget_spent'],
    ['a budget of nothing', 0, 0, prices, 'budget_spent'],
    ['a price missing', 0, 1, { priceIn: 3, priceOut: null }, 'prices_missing'],
    ['the other price missing', 0, 1, { priceIn: null, priceOut: 3 }, 'prices_missing'],
    ['free of charge', 0, 1, { priceIn: 0, priceOut: 0 }, 'run'],
  ] as const)('%s', (...[, spent, budget, modelPrices, decision]) => {
    expect(probeBudget(spent, budget, modelPrices)).toBe(decision)
  })
})
