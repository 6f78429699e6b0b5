import { expect, it } from 'vitest'
import { usersSummary } from './users-summary.ts'

const safe = { disabled: false, hasSecondFactor: true }
const alone = { disabled: false, hasSecondFactor: false }
const out = { disabled: true, hasSecondFactor: false }

it.each([
  [[safe], '1 user may sign in, each with a second factor.'],
  [[safe, alone], '2 users may sign in, 1 without a second factor.'],
  [[safe, alone, out], '2 users may sign in, 1 without a second factor; 1 is disabled.'],
  [[safe, out, out], '1 user may sign in, each with a second factor; 2 are disabled.'],
])('sums up who may sign in', (users, words) => {
  expect(usersSummary(users)).toBe(words)
})
