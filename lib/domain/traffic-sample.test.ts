import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newHealth, observeHealth } from './health.ts'
import type { HealthSample } from './health.ts'
import type { OutcomeClass } from './outcome.ts'
import { addOutcome, flush, flushDueAt, newTrafficSample, trafficProves } from './traffic-sample.ts'
import type { TrafficSample } from './traffic-sample.ts'

type Call = { class: OutcomeClass; at: number; latencyMs?: number | null; message?: string | null }

const outcome = ({ class: outcomeClass, at, latencyMs = 100, message = null }: Call) => ({
  class: outcomeClass,
  at,
  latencyMs,
  message,
  kind: outcomeClass === 'provider_error' ? ('reset' as const) : null,
})

/** The samples that these outcomes and a last flush far later finish, in order, and the traffic after them. */
function samplesOf(calls: readonly Call[], from: TrafficSample = newTrafficSample()) {
  const samples: HealthSample[] = []
  let traffic = from
  for (const call of calls) {
    const step = addOutcome(traffic, outcome(call))
    traffic = step.traffic
    if (step.finished !== null) samples.push(step.finished)
  }
  const last = flush(traffic, 1e12)
  if (last.finished !== null) samples.push(last.finished)
  return { samples, traffic: last.traffic }
}

const second = (classes: readonly OutcomeClass[], at = 0) =>
  samplesOf(classes.map((each, index) => ({ class: each, at: at + index }))).samples

describe('Health 4: traffic enters as one sample per provider and second', () => {
  it.each<[why: string, classes: OutcomeClass[], verdict: HealthSample['verdict']]>([
    ['one success', ['ok'], 'success'],
    ['one failure', ['provider_error'], 'failure'],
    ['half failed', ['ok', 'provider_error'], 'failure'],
    ['less than half failed', ['ok', 'provider_error', 'ok'], 'success'],
    ['more than half failed', ['provider_error', 'ok', 'credentials'], 'failure'],
    ['neutral ones do not dilute', ['ok', 'provider_error', 'rate_limited', 'client_error'], 'failure'],
    ['neutral ones do not accuse', ['ok', 'cancelled', 'internal', 'rate_limited'], 'success'],
  ])('%s', (_why, classes, verdict) => {
    expect(second(classes)).toMatchObject([{ source: 'passive', verdict }])
  })

  it('makes no sample of neutral outcomes, and leaves the traffic as it was', () => {
    const traffic = newTrafficSample()
    for (const neutral of ['rate_limited', 'client_error', 'cancelled', 'internal'] as const) {
      expect(addOutcome(traffic, outcome({ class: neutral, at: 5 })).traffic).toBe(traffic)
    }
    expect(flush(traffic, 1e12)).toEqual({ traffic, finished: null })
  })

  it('takes the mean latency of the successes that measured it', () => {
    const { samples } = samplesOf([
      { class: 'ok', at: 1, latencyMs: 100 },
      { class: 'ok', at: 2, latencyMs: 300 },
      { class: 'ok', at: 3, latencyMs: null },
      { class: 'provider_error', at: 4, latencyMs: 9_000 },
    ])
    expect(samples).toMatchObject([{ verdict: 'success', latencyMs: 200 }])
  })

  it('has no latency when nothing was measured', () => {
    expect(second(['provider_error'])).toMatchObject([{ latencyMs: null }])
    expect(samplesOf([{ class: 'ok', at: 1, latencyMs: null }]).samples).toMatchObject([{ latencyMs: null }])
  })

  it('lets a thousand outcomes of a second weigh as much as one check', () => {
    const policy = { latencyAlpha: 0.2, successAlpha: 0.1 }
    const [sample] = second(Array.from({ length: 1_000 }, () => 'provider_error' as const))
    expect(observeHealth(newHealth(0), sample!, policy)).toMatchObject({ samples: 1, successRate: 0.9 })
  })

  it('cuts at the full seconds of the clock', () => {
    const { samples } = samplesOf([
      { class: 'ok', at: 10_999 },
      { class: 'provider_error', at: 11_000 },
      { class: 'provider_error', at: 11_999 },
      { class: 'ok', at: 12_000 },
    ])
    expect(samples.map(({ verdict, at }) => [verdict, at])).toEqual([
      ['success', 10_999],
      ['failure', 11_999],
      ['success', 12_000],
    ])
  })
})

describe('what a failed second says', () => {
  it('is the newest failure in words, or its kind’s words', () => {
    const { samples } = samplesOf([
      { class: 'provider_error', at: 1, message: 'HTTP 500' },
      { class: 'provider_error', at: 2, message: 'HTTP 503' },
    ])
    expect(samples).toMatchObject([{ error: 'HTTP 503' }])
    expect(second(['provider_error'])).toMatchObject([{ error: 'connection reset' }])
    expect(second(['provider_error', 'ok', 'ok'])).toMatchObject([{ error: null }])
  })

  it('is credentials when at least half were refused by them', () => {
    expect(second(['credentials'])).toMatchObject([{ credentials: true }])
    expect(second(['credentials', 'ok'])).toMatchObject([{ verdict: 'failure', credentials: true }])
    expect(second(['credentials', 'provider_error', 'provider_error'])).toMatchObject([
      { credentials: false },
    ])
    expect(second(['credentials', 'ok', 'ok'])).toMatchObject([{ verdict: 'success', credentials: false }])
  })
})

describe('flush', () => {
  const { traffic } = addOutcome(newTrafficSample(), outcome({ class: 'ok', at: 5_400 }))

  it('finishes a second when it is over, not before', () => {
    expect(flushDueAt(newTrafficSample())).toBeNull()
    expect(flushDueAt(traffic)).toBe(6_000)
    expect(flush(traffic, 5_999)).toEqual({ traffic, finished: null })
    expect(flush(traffic, 5_999).traffic).toBe(traffic)
    expect(flush(traffic, 6_000).finished).toMatchObject({ verdict: 'success', at: 5_400 })
  })

  it('finishes it once', () => {
    expect(flush(flush(traffic, 6_000).traffic, 9_000).finished).toBeNull()
  })
})

describe('a late report', () => {
  it('counts in the open second', () => {
    const { samples } = samplesOf([
      { class: 'ok', at: 60_000 },
      { class: 'provider_error', at: 30_000 },
    ])
    expect(samples).toMatchObject([{ verdict: 'failure', at: 60_000 }])
  })

  it('never makes a second sample of a second that has spoken', () => {
    const first = samplesOf([{ class: 'ok', at: 5_100 }]).traffic
    const late = addOutcome(first, outcome({ class: 'provider_error', at: 5_200 })).traffic
    expect(flushDueAt(late)).toBe(7_000)
  })
})

describe('any traffic', () => {
  const call = fc.record({
    class: fc.constantFrom<OutcomeClass>('ok', 'provider_error', 'credentials', 'rate_limited'),
    at: fc.integer({ min: 0, max: 8_000 }),
    latencyMs: fc.integer({ min: 1, max: 1_000 }),
  })

  // Mutants killed: a second cut by rounding, `>` for `>=` at half, `<=` for `<` at its end.
  it('in order gives each second’s own verdict and mean', () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 60, size: 'max' }), (calls) => {
        const ordered = calls.toSorted((a, b) => a.at - b.at).filter((each) => each.class !== 'rate_limited')
        const seconds = Map.groupBy(ordered, ({ at }) => Math.floor(at / 1_000))
        const expected = [...seconds.values()].map((members) => {
          const ok = members.filter((each) => each.class === 'ok')
          const sum = ok.reduce((total, { latencyMs }) => total + latencyMs, 0)
          return [2 * ok.length > members.length, ok.length === 0 ? null : sum / ok.length]
        })
        const { samples } = samplesOf(calls.toSorted((a, b) => a.at - b.at))
        expect(samples.map(({ verdict, latencyMs }) => [verdict === 'success', latencyMs])).toEqual(expected)
      }),
    )
  })

  // Mutants killed: `nextSecond` not moved by a flush, or not looked at when a second opens.
  it('in any order, flushed at any time, gives at most one sample a second', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(call, fc.boolean()), { maxLength: 60, size: 'max' }), (calls) => {
        let traffic = newTrafficSample()
        const finished: (number | null)[] = []
        const take = (step: ReturnType<typeof flush>) => {
          if (step.finished !== null) finished.push(traffic.second)
          traffic = step.traffic
        }
        const latest = Math.max(0, ...calls.map(([{ at }]) => at))
        for (const [each, flushes] of calls) {
          take(addOutcome(traffic, outcome(each)))
          if (flushes) take(flush(traffic, latest + 1_000))
        }
        expect(finished).toEqual([...new Set(finished)].toSorted((a, b) => a! - b!))
      }),
    )
  })
})

describe('trafficProves', () => {
  const passing = newHealth(0)
  const at = { now: 100_000, intervalMs: 30_000 }
  const seen = (lastSuccessAt: number | null, lastFailureAt: number | null) => ({
    lastSuccessAt,
    lastFailureAt,
  })

  it.each<[why: string, traffic: ReturnType<typeof seen>, proven: boolean]>([
    ['silence proves nothing', seen(null, null), false],
    ['a success of the last interval', seen(70_001, null), true],
    ['a success from before it', seen(70_000, null), false],
    ['a failure within it', seen(99_000, 70_001), false],
    ['a failure from before it', seen(99_000, 70_000), true],
  ])('%s', (_why, traffic, proven) => {
    expect(trafficProves(traffic, passing, at)).toBe(proven)
  })

  it('remembers the finished samples it needs over later seconds', () => {
    const { traffic } = samplesOf([
      { class: 'ok', at: 1_000 },
      { class: 'provider_error', at: 2_000 },
      { class: 'ok', at: 3_000 },
    ])
    expect(traffic).toMatchObject({ lastSuccessAt: 3_000, lastFailureAt: 2_000 })
    const failed = samplesOf([{ class: 'provider_error', at: 4_000 }], traffic).traffic
    expect(failed).toMatchObject({ lastSuccessAt: 3_000, lastFailureAt: 4_000 })
  })

  it('never spares a check that alone can lead out of what checks have found', () => {
    const good = seen(99_000, null)
    const failing = { consecutiveFailures: 1, consecutiveSuccesses: 0, lastAt: 99_000 }
    expect(trafficProves(good, { ...passing, active: failing }, at)).toBe(false)
    expect(trafficProves(good, { ...passing, status: 'unhealthy' }, at)).toBe(false)
  })
})
