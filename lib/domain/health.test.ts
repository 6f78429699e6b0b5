import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { consecutiveFailures, isEligibleByHealth, newHealth, observeHealth } from './health.ts'
import type { HealthAverages, HealthSample } from './health.ts'

const policy = { latencyAlpha: 0.2, successAlpha: 0.1 }

const success = (latencyMs: number | null = 100, more: Partial<HealthSample> = {}): HealthSample => ({
  source: 'active',
  verdict: 'success',
  credentials: false,
  latencyMs,
  at: 1_000,
  error: null,
  ...more,
})
const failure = (more: Partial<HealthSample> = {}): HealthSample => ({
  ...success(2),
  verdict: 'failure',
  error: 'connect refused',
  ...more,
})
const after = (...samples: HealthSample[]): HealthAverages =>
  samples.reduce((health, sample) => observeHealth(health, sample, policy), newHealth(0))

describe('a new provider', () => {
  it('is unknown, with success rate 1, no failures and no latency', () => {
    expect(newHealth(7)).toMatchObject({
      status: 'unknown',
      since: 7,
      successRate: 1,
      samples: 0,
      averageLatencyMs: null,
      active: { consecutiveFailures: 0, consecutiveSuccesses: 0, lastAt: null },
      passive: { consecutiveFailures: 0, consecutiveSuccesses: 0, lastAt: null },
      credentialsFailed: false,
      lastError: null,
    })
  })

  it('is allowed to be used', () => {
    expect(isEligibleByHealth(newHealth(0))).toBe(true)
  })
})

describe('the averages, as the reference has them', () => {
  it('takes the first latency as it is, then four parts old to one part new', () => {
    expect(after(success(100)).averageLatencyMs).toBe(100)
    expect(after(success(100), success(200)).averageLatencyMs).toBeCloseTo(120, 10)
    expect(after(success(100), success(200), success(20)).averageLatencyMs).toBeCloseTo(100, 10)
  })

  it('lets a failure cost a tenth of the success rate, and a success win back a tenth of the rest', () => {
    expect(after(failure()).successRate).toBeCloseTo(0.9, 12)
    expect(after(failure(), failure()).successRate).toBeCloseTo(0.81, 12)
    expect(after(failure(), success()).successRate).toBeCloseTo(0.91, 12)
    expect(after(success(), success()).successRate).toBe(1)
  })

  it('lets a success zero consecutive failures and a failure add one', () => {
    expect(consecutiveFailures(after(failure(), failure()))).toBe(2)
    expect(consecutiveFailures(after(failure(), failure(), success()))).toBe(0)
    expect(consecutiveFailures(after(failure(), success(), failure()))).toBe(1)
  })

  it('uses the weights it is given', () => {
    const even = { latencyAlpha: 0.5, successAlpha: 0.25 }
    const health = [success(100), success(300), failure()].reduce(
      (held, sample) => observeHealth(held, sample, even),
      newHealth(0),
    )
    expect(health).toMatchObject({ averageLatencyMs: 200, successRate: 0.75 })
  })
})

describe('Health 1: no latency yet is null, and failures have none', () => {
  it('leaves the average null while only failures were seen', () => {
    expect(after(failure(), failure({ latencyMs: 3 })).averageLatencyMs).toBeNull()
  })

  it('keeps a fast refusal out of the average', () => {
    expect(after(success(400), failure({ latencyMs: 1 })).averageLatencyMs).toBe(400)
  })

  it('keeps a success without a measurement out of the average', () => {
    expect(after(success(null)).averageLatencyMs).toBeNull()
    expect(after(success(400), success(null)).averageLatencyMs).toBe(400)
  })

  it('takes a measured 0 for a latency, not for "none yet"', () => {
    expect(after(success(0), success(100)).averageLatencyMs).toBeCloseTo(20, 10)
  })
})

describe('Health 4: checks and traffic keep counts of their own', () => {
  it('lets neither end the other’s run', () => {
    const health = after(failure(), failure(), success(50, { source: 'passive', at: 2_000 }))
    expect(health.active).toEqual({ consecutiveFailures: 2, consecutiveSuccesses: 0, lastAt: 1_000 })
    expect(health.passive).toEqual({ consecutiveFailures: 0, consecutiveSuccesses: 1, lastAt: 2_000 })
  })

  it('counts failures as the worse of the two', () => {
    const traffic = { source: 'passive' as const }
    expect(consecutiveFailures(after(failure(), failure(traffic), failure(traffic)))).toBe(2)
    expect(consecutiveFailures(after(failure(), failure(), failure(traffic)))).toBe(2)
  })

  it('counts successes since the last failure of either', () => {
    const traffic = { source: 'passive' as const }
    expect(after(success(), success(1, traffic)).successesInRow).toBe(2)
    expect(after(success(), success(1, traffic), failure(traffic), success()).successesInRow).toBe(1)
  })

  it('does not let a late sample turn a source’s clock back', () => {
    expect(after(success(1, { at: 5_000 }), success(1, { at: 3_000 })).active.lastAt).toBe(5_000)
  })
})

describe('Health 6: the averages carry their sample count', () => {
  it('counts successes and failures of both sources', () => {
    expect(after(success(), failure(), success(1, { source: 'passive' })).samples).toBe(3)
  })
})

describe('what a failure leaves behind', () => {
  it('is its words, until a success', () => {
    expect(after(failure(), failure({ error: 'reset' })).lastError).toBe('reset')
    expect(after(failure(), success()).lastError).toBeNull()
  })

  it('is a mark for credentials, kept over other failures until a success', () => {
    const refused = failure({ credentials: true })
    expect(after(refused).credentialsFailed).toBe(true)
    expect(after(refused, failure()).credentialsFailed).toBe(true)
    expect(after(refused, failure(), success()).credentialsFailed).toBe(false)
    expect(after(failure()).credentialsFailed).toBe(false)
  })
})

describe('isEligibleByHealth', () => {
  it.each([
    ['unknown', true],
    ['healthy', true],
    ['degraded', true],
    ['unhealthy', false],
  ] as const)('%s: %s', (status, allowed) => {
    expect(isEligibleByHealth({ status })).toBe(allowed)
  })
})

// Mutants killed by the properties alone: weights swapped (either average), a failure's latency mixed in,
// the first latency mixed with 0, `samples` not counted for failures, the other source's run cleared.
describe('the averages in closed form', () => {
  const samples = fc.array(
    fc.record({
      failed: fc.boolean(),
      source: fc.constantFrom('active' as const, 'passive' as const),
      latencyMs: fc.option(fc.double({ min: 0, max: 120_000, noNaN: true }), { nil: null }),
    }),
    { maxLength: 80, size: 'max' },
  )
  const alphas = fc.record({
    latencyAlpha: fc.double({ min: 0.01, max: 1, noNaN: true }),
    successAlpha: fc.double({ min: 0.01, max: 1, noNaN: true }),
  })

  it('are sums weighted by age, whatever the order of successes and failures', () => {
    fc.assert(
      fc.property(samples, alphas, (made, weights) => {
        const health = made
          .map((s) => (s.failed ? failure({ ...s }) : success(s.latencyMs, { source: s.source })))
          .reduce((held, sample) => observeHealth(held, sample, weights), newHealth(0))

        const a = weights.successAlpha
        const rate = made.reduce(
          (sum, s, index) => sum + (s.failed ? 0 : a * (1 - a) ** (made.length - 1 - index)),
          (1 - a) ** made.length,
        )
        expect(health.successRate).toBeCloseTo(rate, 9)
        expect(health.samples).toBe(made.length)

        const b = weights.latencyAlpha
        const latencies = made.flatMap((s) => (s.failed || s.latencyMs === null ? [] : [s.latencyMs]))
        const newest = latencies.length - 1
        const average = latencies.reduce(
          (sum, ms, index) => sum + ms * (index === 0 ? 1 : b) * (1 - b) ** (newest - index),
          0,
        )
        if (latencies.length === 0) expect(health.averageLatencyMs).toBeNull()
        else expect(health.averageLatencyMs).toBeCloseTo(average, 4)
      }),
    )
  })

  it('count each source’s run as the length of its equal tail', () => {
    fc.assert(
      fc.property(samples, (made) => {
        const health = after(...made.map((s) => (s.failed ? failure({ ...s }) : success(1, s))))
        for (const source of ['active', 'passive'] as const) {
          const own = made.filter((s) => s.source === source).map((s) => s.failed)
          const tail = own.length - 1 - own.lastIndexOf(own.at(-1) !== true)
          expect(health[source].consecutiveFailures).toBe(own.at(-1) === true ? tail : 0)
          expect(health[source].consecutiveSuccesses).toBe(own.at(-1) === false ? tail : 0)
        }
      }),
    )
  })
})
