import { expect, it } from 'vitest'
import { ASSUMED_INPUT_TOKENS, ASSUMED_OUTPUT_TOKENS, requestCostUsd } from './request-cost.ts'

const price = { in: 2, out: 10 }

it.each([
  ['its own tokens in and the assumed ones out', 2_000, (2_000 * 2 + ASSUMED_OUTPUT_TOKENS * 10) / 1e6],
  [
    'assumed tokens where it does not say',
    null,
    (ASSUMED_INPUT_TOKENS * 2 + ASSUMED_OUTPUT_TOKENS * 10) / 1e6,
  ],
  ['the answer alone where it sends nothing', 0, (ASSUMED_OUTPUT_TOKENS * 10) / 1e6],
])('a request costs %s', (_what, estimatedTokens, usd) => {
  expect(requestCostUsd({ estimatedTokens }, { price, outputTokens: null })).toBeCloseTo(usd, 12)
})

it('costs as much as answers there are long, once some were measured', () => {
  expect(requestCostUsd({ estimatedTokens: 100 }, { price, outputTokens: 40 })).toBeCloseTo(600 / 1e6, 12)
})

it('costs nobody knows what without a price', () => {
  expect(requestCostUsd({ estimatedTokens: 1 }, { price: null, outputTokens: 9 })).toBeNull()
})
