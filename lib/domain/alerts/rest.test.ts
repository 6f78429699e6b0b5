import fc from 'fast-check'
import { expect, it } from 'vitest'
import { labelsFor, T0 } from './alerts.fixture.ts'
import { newAlert, stepAlert, type Alert } from './alert.ts'
import type { AlertRule, Course } from './course.ts'
import { ROUND_MS } from './flapping.ts'
import { isAtRest } from './rest.ts'
import type { Verdict } from './verdict.ts'

const rules: fc.Arbitrary<AlertRule> = fc.record({
  forMs: fc.constantFrom(0, 20_000, 60_000),
  keepFiringMs: fc.constantFrom(0, 60_000, 300_000),
  noData: fc.constantFrom('show', 'fire', 'ok'),
})
/** Verdicts last a while, and then some flap; they come every few seconds. */
const evaluations = fc
  .array(
    fc.tuple(
      fc.constantFrom<Verdict>('bad', 'bad', 'good', 'good', 'no_data'),
      fc.oneof(
        { weight: 3, arbitrary: fc.integer({ min: 1, max: 8 }) },
        { weight: 1, arbitrary: fc.integer({ min: 1, max: 120 }) },
      ),
      fc.integer({ min: 1_000, max: 20_000 }),
    ),
    { minLength: 1, maxLength: 60 },
  )
  .map((spells) =>
    spells.flatMap(([verdict, times, waitMs]) => Array.from({ length: times }, () => ({ verdict, waitMs }))),
  )

/** What there is to be seen of it; of what is over, no more than that it is. */
function seen({ state, since, firedAt, hasData, flaps }: Course) {
  if (state === 'inactive' || state === 'resolved') return { isFlapping: flaps.isFlapping }
  return { state, since, firedAt, hasData, isFlapping: flaps.isFlapping }
}

type Looks = readonly { verdict: Verdict; waitMs: number }[]

/** Expects an alert that rests when it may to be seen as one that never does; says how often it rested. */
function expectSeenAlike(looks: Looks, rule: AlertRule, roundMs = ROUND_MS): number {
  let rested = 0
  let each: Alert = newAlert(labelsFor('p1'))
  let some = each
  let at = T0
  for (const { verdict, waitMs } of looks) {
    at += waitMs
    const evaluation = { verdict, at, roundMs, describe: () => ({ value: null, sentence: '' }) }
    each = stepAlert(each, evaluation, rule)
    if (isAtRest(some.course, evaluation, rule)) rested += 1
    else some = stepAlert(some, evaluation, rule)
    expect(seen(some.course)).toEqual(seen(each.course))
  }
  return rested
}

it('is evaluated as if it were each time: it changes in the same ways, at the same times', () => {
  let rested = 0
  fc.assert(
    fc.property(rules, evaluations, fc.constantFrom(ROUND_MS, 150_000), (rule, looks, roundMs) => {
      rested += expectSeenAlike(looks, rule, roundMs)
    }),
    { numRuns: 400 },
  )
  expect(rested).toBeGreaterThan(10_000)
})

it('is seen to flap no more when it is bad for good', () => {
  const rule: AlertRule = { forMs: 0, keepFiringMs: 120_000, noData: 'show' }
  const flapping = Array.from({ length: 12 }, (_, index) => ({
    verdict: index % 2 === 0 ? ('bad' as const) : ('good' as const),
    waitMs: 60_000,
  }))
  const steady = Array.from({ length: 1_800 }, () => ({ verdict: 'bad' as const, waitMs: 1_000 }))
  expect(expectSeenAlike([...flapping, ...steady], rule)).toBeGreaterThan(100)
})

it('is not at rest before it was last evaluated: a clock that was set back breaks what is to be held', () => {
  const rule: AlertRule = { forMs: 60_000, keepFiringMs: 0, noData: 'show' }
  const bad = (at: number) => ({
    verdict: 'bad' as const,
    at,
    roundMs: ROUND_MS,
    describe: () => ({ value: null, sentence: '' }),
  })
  const pending = stepAlert(newAlert(labelsFor('p1')), bad(T0), rule)
  expect(isAtRest(pending.course, bad(T0 + 1_000), rule)).toBe(true)
  expect(isAtRest(pending.course, bad(T0 - 1), rule)).toBe(false)
})
