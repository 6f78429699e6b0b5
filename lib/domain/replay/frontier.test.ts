import { expect, it } from 'vitest'
import { onFrontier } from './frontier.ts'

it('the frontier is what nothing else beats in both', () => {
  const costs = [
    [0, 50],
    [10, 10],
    [10, 10],
    [10, 11],
    [40, 0],
    [41, 0],
    [5, 60],
  ].map(([failuresLetThrough = 0, goodCallsRefused = 0]) => ({ failuresLetThrough, goodCallsRefused }))
  expect(onFrontier(costs)).toEqual([true, true, true, false, true, false, false])
})
