import { expect, test } from 'vitest'
import { OUTCOME_CLASSES } from '#lib/domain/outcome.ts'
import { RECENT_CHECKS, RecentChecks, type RecentCheckFacts } from './recent-checks.ts'

const CLASSES = [...OUTCOME_CLASSES, null]

const checks = (count: number): RecentCheckFacts[] =>
  Array.from({ length: count }, (_, i) => ({
    at: 1_795_000_000_000 + i * 30_000,
    class: CLASSES[i % CLASSES.length] ?? null,
    latencyMs: i % 3 === 0 ? null : 0.1 * i,
  }))

function remembered(all: readonly RecentCheckFacts[]): RecentChecks {
  const recent = new RecentChecks()
  for (const check of all) recent.remember(check)
  return recent
}

test('nothing is known before the first check', () => {
  expect(new RecentChecks().list()).toEqual([])
  expect(new RecentChecks().last()).toBeNull()
})

test.each([1, 7, RECENT_CHECKS, RECENT_CHECKS + 1, 3 * RECENT_CHECKS + 5])(
  'of %i checks the newest are kept as they were, oldest first',
  (count) => {
    const all = checks(count)
    const recent = remembered(all)
    expect(recent.list()).toEqual(all.slice(-RECENT_CHECKS))
    expect(recent.last()).toEqual(all.at(-1))
  },
)

test('a check that took no time is told from one without a time', () => {
  const [check] = checks(1)
  if (check === undefined) throw new Error('there is a check')
  expect(remembered([{ ...check, latencyMs: 0 }]).last()?.latencyMs).toBe(0)
  expect(remembered([{ ...check, latencyMs: null }]).last()?.latencyMs).toBeNull()
})
