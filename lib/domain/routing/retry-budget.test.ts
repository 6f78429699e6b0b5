import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RetryBudget } from './retry-budget.ts'

const T0 = 1_700_000_000_000
const LIMITS = { retryBudget: 0.2, retryBudgetMin: 3 }

function budgetAfter(requests: number, at = T0): RetryBudget {
  const budget = new RetryBudget()
  for (let i = 0; i < requests; i += 1) budget.countRequest(at)
  return budget
}

/** How many retries it grants before it says no. */
function granted(budget: RetryBudget, at: number, limits = LIMITS): number {
  let count = 0
  while (count < 1_000 && budget.takeRetry(at, limits)) count += 1
  return count
}

describe('a retry budget', () => {
  it.each([
    ['the minimum without any traffic', 0, LIMITS, 3],
    ['the minimum while the part is smaller', 14, LIMITS, 3],
    ['the part of the requests from there on', 20, LIMITS, 4],
    ['only whole retries', 24, LIMITS, 4],
    ['a fifth of a hundred', 100, LIMITS, 20],
    ['nothing where both limits are nothing', 100, { retryBudget: 0, retryBudgetMin: 0 }, 0],
    ['as many as requests where all of them may be retried', 7, { retryBudget: 1, retryBudgetMin: 0 }, 7],
  ])('grants %s', (_what, requests, limits, count) => {
    expect(granted(budgetAfter(requests), T0, limits)).toBe(count)
  })

  it('forgets requests and retries together, after ten seconds', () => {
    const budget = budgetAfter(100)
    expect(granted(budget, T0)).toBe(20)
    expect(granted(budget, T0 + 8_999)).toBe(0)
    expect(granted(budget, T0 + 10_000)).toBe(3)
  })

  it('takes nothing when it says no', () => {
    const budget = budgetAfter(15)
    expect(granted(budget, T0)).toBe(3)
    for (let i = 0; i < 50; i += 1) expect(budget.takeRetry(T0, LIMITS)).toBe(false)
    for (let i = 0; i < 5; i += 1) budget.countRequest(T0)
    expect(granted(budget, T0)).toBe(1)
  })
})

const event = fc.record({
  wait: fc.constantFrom(0, 0, 1, 100, 1_000, 9_000, 11_000),
  kind: fc.constantFrom('request' as const, 'retry' as const, 'retry' as const),
})

// Mutants killed in this file: retries not counted · one more granted · twenty seconds remembered · no minimum.
it('never lets more retries through than its part of the last ten seconds or the minimum', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 200, size: 'max' }), (events) => {
      const budget = new RetryBudget()
      const requests: number[] = []
      const retries: number[] = []
      let at = T0
      for (const { wait, kind } of events) {
        at += wait
        if (kind === 'request') {
          budget.countRequest(at)
          requests.push(at)
        } else if (budget.takeRetry(at, LIMITS)) {
          retries.push(at)
          const since = (times: number[]) => times.filter((time) => time > at - 9_000).length
          const seen = requests.filter((time) => time > at - 10_000).length
          expect(since(retries)).toBeLessThanOrEqual(Math.max(3, 0.2 * seen))
        }
      }
    }),
  )
})
