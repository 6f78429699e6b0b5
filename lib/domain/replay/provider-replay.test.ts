import { describe, expect, it } from 'vitest'
import type { BreakerPolicy } from '../policy.ts'
import { totalFigures } from './figures.ts'
import { ProviderReplay } from './provider-replay.ts'
import type { ReplayRecord } from './record.ts'
import { checkAt, failedAt, POLICY, stateAt, T0 } from './replay.fixture.ts'

const SECOND = 1_000
const EVERY = 30 * SECOND
const fixed = (policy: Partial<BreakerPolicy> = {}) =>
  ({ type: 'fixed', policy: { ...POLICY, ...policy } }) as const

const HOUR = 3_600_000
const range = { from: T0, to: T0 + HOUR }

/** Replays records under the given thresholds. */
function replay(records: ReplayRecord[], policies = [fixed()], over = range) {
  const run = new ProviderReplay('acme', policies, over)
  run.push([{ place: 0, records }])
  return run.finish()
}

/** A check every 30 s for half an hour, of which those from the 10th to before the `until`th fail. */
const outage = (until: number) => [
  stateAt(T0),
  ...Array.from({ length: 60 }, (_, i) => (i >= 10 && i < until ? failedAt : checkAt)(T0 + (i + 1) * EVERY)),
]

describe('an outage of ten checks', () => {
  const { results, outages } = replay(outage(20), [fixed(), fixed({ failureThreshold: 2 })])
  const [five, two] = results

  it('is found whatever the thresholds are', () => {
    const from = T0 + 11 * EVERY
    expect(outages).toEqual([{ model: null, from, to: T0 + 21 * EVERY, failures: 10 }])
  })

  it('is noticed when the circuit opens', () => {
    expect(five).toMatchObject({ detections: [4 * EVERY], figures: { outages: 1, outagesDetected: 1 } })
    expect(two).toMatchObject({ detections: [EVERY], figures: { meanTimeToDetectMs: EVERY } })
  })

  it('has failures let through until then and in trials, and avoided while open', () => {
    // Opens at the 5th failure; the first check that begins more than a minute later fails as a trial, then it stays
    // open for two minutes.
    expect(five!.figures).toMatchObject({
      failuresLetThrough: 6,
      failuresAvoided: 4,
      goodCallsPassed: 48,
      goodCallsRefused: 2,
      openings: 2,
      openMs: 60 * SECOND + 120 * SECOND,
    })
    expect(two!.figures.failuresLetThrough).toBeLessThan(five!.figures.failuresLetThrough)
    expect(two!.figures.goodCallsRefused).toBeGreaterThan(0)
    expect(two!.figures.failuresLetThrough + two!.figures.failuresAvoided).toBe(10)
  })

  it('leaves its transitions as ghosts, with when and why', () => {
    expect(
      five!.transitions.map(({ transition }) => `${(transition.at - T0) / EVERY} ${transition.cause}`),
    ).toEqual([
      '15 consecutive_failures',
      '17 recovery_timeout',
      '18 trial_failed',
      '22 recovery_timeout',
      '24 trial_succeeded',
    ])
    expect(five!.initial).toEqual([{ model: null, state: 'closed' }])
  })
})

it('an outage that no threshold notices was missed, one that goes on has no end', () => {
  const { results, outages } = replay(outage(60), [fixed({ failureThreshold: 100 })])
  expect(outages).toEqual([{ model: null, from: T0 + 11 * EVERY, to: null, failures: 50 }])
  expect(results[0]).toMatchObject({
    detections: [null],
    figures: { outagesDetected: 0, meanTimeToDetectMs: null },
  })
})

it('counts only what lies in the range, and begins it with the circuits warm', () => {
  const over = { from: T0 + 15.5 * EVERY, to: T0 + 18 * EVERY }
  const { results, outcomes } = replay(outage(20), [fixed()], over)
  expect(outcomes).toBe(2)
  expect(results[0]).toMatchObject({
    initial: [{ model: null, state: 'open' }],
    figures: { failuresAvoided: 2, failuresLetThrough: 0, openings: 0, openMs: 1.5 * EVERY },
    detections: [4 * EVERY],
  })
})

const request = (at: number, part: Partial<ReplayRecord & { type: 'call' }> = {}) =>
  checkAt(at, {
    origin: 'traffic',
    model: 'm',
    hasCircuit: true,
    completion: true,
    accountWide: false,
    ...part,
  })

describe('traffic', () => {
  const bad = { class: 'provider_error', kind: 'http_status' } as const

  it('is refused by the model’s circuit and told apart from checks', () => {
    const failures = Array.from({ length: 8 }, (_, i) => request(T0 + (i + 1) * SECOND, bad))
    const { results, outages } = replay([stateAt(T0), ...failures, checkAt(T0 + 20 * SECOND)])
    expect(outages.map(({ model }) => model)).toEqual(['m'])
    expect(results[0]!.figures).toMatchObject({
      failuresLetThrough: 5,
      failuresAvoided: 3,
      goodCallsRefused: 1,
      traffic: { failuresLetThrough: 5, failuresAvoided: 3, goodCallsPassed: 0 },
      // The only model in use is down, and so its provider is.
      openings: 1,
      modelOpenings: 1,
    })
  })

  it('that was under way when the circuit opened comes too late to be refused', () => {
    const late = request(T0 + 9 * SECOND, { ...bad, beganAt: T0 + 500, distance: 12, begins: 0 })
    const failures = Array.from({ length: 5 }, (_, i) =>
      request(T0 + (i + 1) * SECOND, { ...bad, begins: i === 0 ? 2 : 1 }),
    )
    expect(replay([stateAt(T0), ...failures, late]).results[0]!.figures).toMatchObject({
      failuresLetThrough: 6,
      failuresAvoided: 0,
    })
  })

  it('that never asks counts as refused where it began past an open circuit', () => {
    const failures = Array.from({ length: 7 }, (_, i) =>
      request(T0 + (i + 1) * SECOND, { ...bad, origin: 'implied', begins: 0, distance: 0 }),
    )
    expect(replay([stateAt(T0), ...failures]).results[0]!.figures).toMatchObject({
      failuresLetThrough: 5,
      failuresAvoided: 2,
    })
  })

  it('in seconds that were only counted is spread evenly, and counts as approximate', () => {
    const groups = [
      { class: 'ok', failure: 'answer', slowness: 8, count: 60 },
      { class: 'provider_error', failure: 'answer', slowness: 0, count: 40 },
    ] as const
    const counted = {
      type: 'counted',
      at: T0 + SECOND,
      begins: 0,
      model: 'm',
      hasCircuit: true,
      groups,
    } as const
    const { results, outcomes, approximate } = replay([stateAt(T0), counted])
    // Never five failures in a row, and not half of them.
    expect(results[0]!.figures).toMatchObject({ openings: 0, failuresLetThrough: 40, goodCallsPassed: 60 })
    expect([outcomes, approximate]).toEqual([100, 100])
  })
})

describe('a start of the program', () => {
  it('leaves simulated circuits as it would have: open ones open, windows empty, calls under way gone', () => {
    const failures = Array.from({ length: 5 }, (_, i) => failedAt(T0 + (i + 1) * SECOND))
    const again = stateAt(T0 + 10 * SECOND)
    const unchanged = { ...again, state: { ...again.state, bornAt: T0 } }
    const { results } = replay([stateAt(T0), ...failures, unchanged, failedAt(T0 + 12 * SECOND)])
    expect(results[0]!.figures).toMatchObject({ openings: 1, failuresAvoided: 1 })
  })

  it('with another provider under the same id begins anew', () => {
    const failures = Array.from({ length: 5 }, (_, i) => failedAt(T0 + (i + 1) * SECOND))
    const { results } = replay([
      stateAt(T0),
      ...failures,
      stateAt(T0 + 10 * SECOND),
      failedAt(T0 + 12 * SECOND),
    ])
    expect(results[0]!.figures).toMatchObject({ openings: 1, failuresAvoided: 0, failuresLetThrough: 6 })
  })
})

it('an operator who holds a circuit open keeps calls away whatever the thresholds are', () => {
  const override = {
    mode: 'forced_open',
    actor: 'ada',
    reason: 'drill',
    since: T0,
    until: T0 + HOUR,
    failingSince: null,
  } as const
  const force = {
    type: 'command',
    at: T0 + 1,
    begins: 0,
    model: null,
    event: { type: 'force', at: T0 + 1, override },
  } as const
  const { results } = replay([stateAt(T0), force, request(T0 + SECOND), checkAt(T0 + 2 * SECOND)])
  expect(results[0]!.figures).toMatchObject({ goodCallsPassed: 0, goodCallsRefused: 0 })
})

it('totals add up, and weigh times to detect by outages', () => {
  const { results } = replay(outage(20), [fixed(), fixed({ failureThreshold: 2 })])
  const [five, two] = results.map(({ figures }) => figures)
  const total = totalFigures([five!, two!, two!])
  expect(total.goodCallsPassed).toBe(five!.goodCallsPassed + 2 * two!.goodCallsPassed)
  expect(total.openMs).toBe(five!.openMs + 2 * two!.openMs)
  expect(total.meanTimeToDetectMs).toBe((4 * EVERY + 2 * EVERY) / 3)
})

it('of nothing is nothing', () => {
  const run = new ProviderReplay('acme', [fixed()], range)
  expect(run.finish()).toMatchObject({
    outcomes: 0,
    recordedFrom: null,
    outages: [],
    results: [{ initial: [], transitions: [], figures: { openings: 0, meanTimeToDetectMs: null } }],
  })
})
