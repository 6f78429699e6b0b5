import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isEligibleByHealth, newHealth, observeHealth } from './health.ts'
import type { HealthAverages, HealthSample } from './health.ts'
import { judgeHealth, type HealthFacts } from './judge-health.ts'
import type { HealthPolicy } from './policy.ts'

const policy: HealthPolicy = {
  failoverThreshold: 0.8,
  unhealthyAfter: 3,
  healthyAfter: 2,
  degradedSuccessRate: 0.95,
  degradedLatencyMs: 3_000,
  minSamples: 5,
  latencyAlpha: 0.2,
  successAlpha: 0.1,
}
const quiet: HealthFacts = {
  now: 0,
  enabled: true,
  verdict: null,
  coolingUntil: null,
  p95Ms: null,
  latencySamples: 0,
  intervalMs: 30_000,
  refusal: null,
}

/** One letter a sample: s or f of checks, S or F of traffic, k a check that fails by its credentials. */
function sampleOf(letter: string, at: number): HealthSample {
  const failed = 'fFk'.includes(letter)
  return {
    source: letter === letter.toUpperCase() ? 'passive' : 'active',
    verdict: failed ? 'failure' : 'success',
    credentials: letter === 'k',
    latencyMs: 100,
    at,
    error: failed ? (letter === 'k' ? 'HTTP 401' : 'connect refused') : null,
  }
}

type Setting = { from?: HealthAverages; facts?: Partial<HealthFacts>; policy?: Partial<HealthPolicy> }

/** Feeds the letters as samples a second apart, judging after each as the fleet does. */
function live(letters: string, setting: Setting = {}): HealthAverages {
  let health = setting.from ?? newHealth(0)
  const start = Math.max(health.active.lastAt ?? 0, health.passive.lastAt ?? 0)
  const merged = { ...policy, ...setting.policy }
  for (const [index, letter] of Array.from(letters).entries()) {
    const sample = sampleOf(letter, start + (index + 1) * 1_000)
    const facts = { ...quiet, verdict: sample.verdict, now: sample.at, ...setting.facts }
    health = judgeHealth(observeHealth(health, sample, merged), facts, merged)
  }
  return health
}
/** Judges again without a sample. */
const rejudge = (
  health: HealthAverages,
  facts: Partial<HealthFacts> = {},
  over: Partial<HealthPolicy> = {},
) => judgeHealth(health, { ...quiet, now: 60_000, ...facts }, { ...policy, ...over })

describe('the table of status transitions', () => {
  it.each<[why: string, letters: string, expected: string]>([
    ['first check passes', 's', 'healthy: checks pass'],
    ['first check fails', 'f', 'degraded: 1 failure: connect refused'],
    ['one failure below the limit', 'ff', 'degraded: 2 failures in a row: connect refused'],
    ['the limit itself', 'fff', 'unhealthy: 3 failures in a row: connect refused'],
    ['beyond it', 'ffff', 'unhealthy: 4 failures in a row: connect refused'],
    [
      'a success starts the count again',
      'ffsff',
      'unhealthy: health score 67.1 % under 80 %: connect refused',
    ],
    ['too few samples for a rate', 'ffsf', 'degraded: 1 failure: connect refused'],
    ['the first success is not enough', 'fffs', 'unhealthy: recovering: 1 of 2 successes'],
    ['a failure between does not count', 'fffsfs', 'unhealthy: recovering: 1 of 2 successes'],
    [
      'the second is, whatever the rate',
      'fffss',
      'degraded: recovering: health score 78 %, healthy from 95 %',
    ],
    ['before minSamples no rate holds it back', 'fss', 'healthy: checks pass'],
    ['the rate climbs back', `fffss${'s'.repeat(15)}`, 'healthy: checks pass'],
    [
      'one success fewer and it has not',
      `fffss${'s'.repeat(14)}`,
      'degraded: recovering: health score 94.9 %, healthy from 95 %',
    ],
    [
      'a failure while the rate is low',
      'fffssf',
      'unhealthy: health score 70.2 % under 80 %: connect refused',
    ],
    ['traffic alone passes', 'S', 'healthy: traffic passes'],
    ['both pass', 'sS', 'healthy: checks and traffic pass'],
    ['traffic alone fails', 'FFF', 'unhealthy: 3 failures in a row: connect refused'],
    ['failures of both are not added up', 'fFfF', 'degraded: 2 failures in a row: connect refused'],
    ['checks pass, traffic fails', 'ssF', 'degraded: checks pass, traffic fails: 1 failure: connect refused'],
    [
      'traffic passes, checks fail',
      'SSf',
      'degraded: traffic passes, checks fail: 1 failure: connect refused',
    ],
    ['credentials at once', 'sssssk', 'unhealthy: credentials: HTTP 401'],
    ['credentials, then another failure', 'kf', 'unhealthy: credentials: connect refused'],
    ['credentials, first success', 'ks', 'unhealthy: recovering: 1 of 2 successes'],
    ['credentials, second success', 'kss', 'healthy: checks pass'],
  ])('%s (%s)', (_why, letters, expected) => {
    const { status, reason } = live(letters)
    expect(`${status}: ${reason}`).toBe(expected)
  })
})

describe('a provider that our own policy refuses', () => {
  const refusal = 'refused by policy: 10.0.0.1 is private'

  it('says so, and is otherwise what it was', () => {
    for (const letters of ['', 's', 'f', 'fff', 'k', 'sssss']) {
      const before = live(letters)
      expect(rejudge(before, { refusal })).toEqual({ ...before, reason: refusal })
    }
    expect(rejudge(rejudge(live('fff'), { refusal }))).toMatchObject({ reason: live('fff').reason })
  })

  it('is judged by what comes in of it all the same', () => {
    expect(live('fff', { facts: { refusal } })).toMatchObject({ status: 'unhealthy' })
    expect(rejudge(live('s'), { refusal, enabled: false })).toMatchObject({ reason: 'disabled' })
  })
})

describe('unknown', () => {
  it('holds before the first sample, also while cooling', () => {
    expect(rejudge(newHealth(0))).toMatchObject({ status: 'unknown', reason: 'not checked yet' })
    const cooling = rejudge(newHealth(0), { coolingUntil: 3_723_000 })
    expect(cooling).toMatchObject({
      status: 'unknown',
      reason: 'not checked yet, cooling until 01:02:03 UTC',
    })
  })

  it('is the status of a disabled provider, however it was before', () => {
    expect(rejudge(live('fff'), { enabled: false })).toMatchObject({ status: 'unknown', reason: 'disabled' })
    expect(rejudge(live('k'), { enabled: false })).toMatchObject({ status: 'unknown', reason: 'disabled' })
  })

  it('stays after enabling until there is evidence', () => {
    const disabled = rejudge(live('sssss'), { enabled: false })
    const enabled = rejudge(disabled)
    expect(enabled).toMatchObject({ status: 'unknown', reason: 'not checked since it was enabled' })
    expect(live('s', { from: enabled }).status).toBe('healthy')
  })

  it('does not make a key that was refused usable again by disabling and enabling', () => {
    expect(rejudge(rejudge(live('k'), { enabled: false })).status).toBe('unhealthy')
  })
})

describe('Health 2: a probe that fails is a failure', () => {
  it('takes a provider out of rotation after three, whatever it was before', () => {
    const health = live(`${'s'.repeat(20)}fff`)
    expect(health.status).toBe('unhealthy')
    expect(isEligibleByHealth(health)).toBe(false)
  })
})

describe('Health 3: the first passive success leaves a provider eligible', () => {
  it('makes an unchecked provider healthy, not unknown or dropped', () => {
    const health = live('S')
    expect(health.status).toBe('healthy')
    expect(isEligibleByHealth(health)).toBe(true)
  })
})

describe('Health 4: traffic changes health, and the worse source rules', () => {
  it('makes failing traffic unhealthy although checks pass', () => {
    expect(live('sssFsFsF')).toMatchObject({ status: 'unhealthy' })
    expect(live('sssFsFsF').reason).toBe('checks pass, traffic fails: 3 failures in a row: connect refused')
  })

  it('lets checks vouch for traffic that has gone silent, as a degraded provider', () => {
    expect(live('sFFFs').reason).toBe('recovering: 1 of 2 successes')
    const recovered = live('sFFFss')
    expect(recovered).toMatchObject({
      status: 'degraded',
      reason: 'checks pass, traffic fails: 3 failures in a row',
    })
    expect(isEligibleByHealth(recovered)).toBe(true)
  })

  it('goes straight back when the traffic it then gets fails again', () => {
    expect(live('sFFFssF').status).toBe('unhealthy')
  })

  it('does not swing with every passing second of traffic while checks fail', () => {
    const health = live('fffSSSSS')
    expect(health.status).toBe('unhealthy')
    expect(health.reason).toBe('traffic passes, checks fail: 3 failures in a row')
    expect(live('s', { from: health }).status).toBe('degraded')
  })

  it('forgets a source that has been silent for more than five minutes', () => {
    const health = live('F')
    expect(live('s', { from: health }).reason).toMatch(/^checks pass, traffic fails/)
    expect(rejudge(live('s', { from: health }), { now: 301_000 }).status).toBe('degraded')
    expect(rejudge(live('s', { from: health }), { now: 301_001 })).toMatchObject({
      status: 'healthy',
      reason: 'checks pass',
    })
  })

  it('hears a seldom check until the next one', () => {
    const hourly = { intervalMs: 3_600_000 }
    expect(rejudge(live('f'), { ...hourly, now: 7_201_000 }).status).toBe('degraded')
    expect(rejudge(live('f'), { ...hourly, now: 7_201_001 }).reason).toBe('no failure lately')
  })

  it('does not let silence alone lead out of unhealthy', () => {
    const health = rejudge(live('FFF'), { now: 86_400_000 })
    expect(health).toMatchObject({ status: 'unhealthy', reason: '3 failures in a row: connect refused' })
  })

  it('lets traffic lead out when the checks have stopped', () => {
    const health = live('fff')
    const samples = [400_000, 401_000].map((at) => sampleOf('S', at))
    const out = samples.reduce(
      (held, sample) =>
        judgeHealth(
          observeHealth(held, sample, policy),
          { ...quiet, verdict: 'success', now: sample.at },
          policy,
        ),
      health,
    )
    expect(out.status).toBe('degraded')
  })
})

describe('Health 6: below minSamples no rate counts', () => {
  it('does not call four samples with two failures unhealthy', () => {
    expect(live('fsfs')).toMatchObject({ status: 'healthy', reason: 'checks pass' })
    expect(live('fsfs', { policy: { minSamples: 4 } }).status).toBe('degraded')
  })

  it('holds for latency too', () => {
    const slow = { p95Ms: 4_200 }
    expect(rejudge(live('s'), { ...slow, latencySamples: 4 }).status).toBe('healthy')
    expect(rejudge(live('s'), { ...slow, latencySamples: 5 }).status).toBe('degraded')
  })
})

describe('unhealthy by the rate', () => {
  const low = live('fssfss')

  it('is entered on a failure only', () => {
    expect(low.successRate).toBeLessThan(0.95)
    expect(live('s', { from: low, policy: { failoverThreshold: 0.94 } }).status).toBe('degraded')
    expect(rejudge(low, {}, { failoverThreshold: 0.94 }).status).toBe('degraded')
    expect(live('f', { from: low, policy: { failoverThreshold: 0.94 } })).toMatchObject({
      status: 'unhealthy',
      reason: 'health score 77.3 % under 94 %: connect refused',
    })
  })

  it('keeps its reason when judged again without a sample', () => {
    const health = live('ffsff')
    expect(rejudge(health)).toBe(health)
  })

  it('needs a rate below the threshold, not at it', () => {
    const even = { successAlpha: 0.5, failoverThreshold: 0.5, degradedSuccessRate: 0.5, minSamples: 1 }
    expect(live('f', { policy: even }).status).toBe('degraded')
    expect(live('f', { policy: { ...even, failoverThreshold: 0.51 } }).status).toBe('unhealthy')
  })
})

describe('degraded', () => {
  it('while cooling, and not a moment longer', () => {
    const cooling = { coolingUntil: 43_471_000 }
    expect(rejudge(live('s'), { ...cooling, now: 43_470_999 })).toMatchObject({
      status: 'degraded',
      reason: 'cooling until 12:04:31 UTC',
    })
    expect(rejudge(live('s'), { ...cooling, now: 43_471_000 }).status).toBe('healthy')
  })

  it('is the worst that cooling makes of a provider, and no way out of unhealthy', () => {
    const cooling = { coolingUntil: 100_000 }
    expect(live('s', { facts: cooling }).status).toBe('degraded')
    expect(live('fff', { facts: cooling }).status).toBe('unhealthy')
  })

  it.each([
    [3_000, 'healthy', 'checks pass'],
    [3_004, 'degraded', 'p95 3004 ms over 3000 ms'],
    [4_200, 'degraded', 'p95 4.2 s over 3 s'],
  ] as const)('by a p95 over the limit: %d ms', (p95Ms, status, reason) => {
    expect(rejudge(live('s'), { p95Ms, latencySamples: 5 })).toMatchObject({ status, reason })
  })

  it('by the success rate, also when all have been silent since the last failure', () => {
    const silent = rejudge(live('sssssF'), { now: 400_000 })
    expect(silent).toMatchObject({ status: 'degraded', reason: 'health score 90 % under 95 %' })
  })

  it('by the success rate until it is back at the limit', () => {
    const rates = Array.from({ length: 12 }, (_, n) => live(`ssssf${'s'.repeat(n)}`))
    for (const [n, health] of rates.entries()) {
      const isBack = n > 0 && health.successRate >= 0.95
      expect(health.status).toBe(isBack ? 'healthy' : 'degraded')
    }
    expect(rates.at(-1)?.status).toBe('healthy')
  })
})

describe('reasons', () => {
  it('name a probe that is misconfigured instead of blaming the key', () => {
    const sample = { ...sampleOf('k', 1_000), error: 'probe misconfigured: HTTP 404' }
    const health = judgeHealth(observeHealth(newHealth(0), sample, policy), quiet, policy)
    expect(health).toMatchObject({ status: 'unhealthy', reason: 'probe misconfigured: HTTP 404' })
  })

  it('say credentials alone when nothing more is known', () => {
    const sample = { ...sampleOf('k', 1_000), error: null }
    expect(judgeHealth(observeHealth(newHealth(0), sample, policy), quiet, policy).reason).toBe('credentials')
  })
})

describe('identity', () => {
  it('is kept when nothing changes', () => {
    const health = live('sss')
    expect(rejudge(health)).toBe(health)
  })

  it('is given up for a new reason, while `since` stays', () => {
    const one = live('f')
    const two = live('f', { from: one })
    expect(two.status).toBe(one.status)
    expect(two.reason).not.toBe(one.reason)
    expect(two.since).toBe(one.since)
  })

  it('moves `since` to now when the status changes', () => {
    expect(live('sssfff').since).toBe(6_000)
    expect(live('sssf').since).toBe(4_000)
  })
})

describe('new thresholds', () => {
  it('hold from the next judgement', () => {
    expect(rejudge(live('ff'), {}, { unhealthyAfter: 2 }).status).toBe('unhealthy')
    expect(rejudge(live('fffs'), {}, { healthyAfter: 1 }).status).not.toBe('unhealthy')
  })
})

describe('any history', () => {
  type Step = { before: HealthAverages; after: HealthAverages; failed: boolean; up: number; down: number }

  const worseOf = ({ active, passive }: HealthAverages) =>
    Math.max(active.consecutiveFailures, passive.consecutiveFailures)
  const isProven = ({ after, down }: Step) =>
    after.successesInRow >= down && after.active.consecutiveFailures === 0

  /** Checks a claim at each step of random histories under random counts. */
  function always(claim: (step: Step) => void) {
    const letters = fc.array(fc.constantFrom('s', 'f', 'S', 'F', 'k'), {
      minLength: 1,
      maxLength: 40,
      size: 'max',
    })
    const count = fc.integer({ min: 1, max: 4 })
    const policies = fc.record({
      unhealthyAfter: count,
      healthyAfter: count,
      minSamples: count,
      failoverThreshold: fc.constantFrom(0.5, 0.8, 0.92),
    })
    fc.assert(
      fc.property(letters, policies, (history, over) => {
        let before = newHealth(0)
        for (const letter of history) {
          const after = live(letter, { from: before, policy: over })
          const failed = 'fFk'.includes(letter)
          claim({ before, after, failed, up: over.unhealthyAfter, down: over.healthyAfter })
          before = after
        }
      }),
    )
  }

  // Mutants killed: the rate judged without a failure.
  it('enters unhealthy on a failure only', () => {
    always(({ before, after, failed }) => {
      if (after.status === 'unhealthy' && before.status !== 'unhealthy') expect(failed).toBe(true)
    })
  })

  // Mutants killed: `>` for `>=` at either count, `recovered` without the checks or without the run.
  it('leaves unhealthy with the success that completes the run, whatever the rate, and not before', () => {
    always((step) => {
      if (isProven(step)) expect(step.after.status).not.toBe('unhealthy')
      else if (step.before.status === 'unhealthy') expect(step.after.status).toBe('unhealthy')
    })
  })

  // Mutants killed: the better source for the worse, credentials forgotten, `>` for `>=`.
  it('is unhealthy after enough failures of either source or a refused key, healthy after none', () => {
    always(({ after, failed, up }) => {
      if (failed && (worseOf(after) >= up || after.credentialsFailed)) expect(after.status).toBe('unhealthy')
      if (after.status === 'healthy') expect(worseOf(after)).toBe(0)
      expect(after.status).not.toBe('unknown')
    })
  })

  // Mutants killed: `since` set at every reason, `since` never set.
  it('dates a status by its beginning', () => {
    always(({ before, after }) => {
      const now = Math.max(after.active.lastAt ?? 0, after.passive.lastAt ?? 0)
      expect(after.since).toBe(after.status === before.status ? before.since : now)
    })
  })
})
