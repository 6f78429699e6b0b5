import { describe, expect, it } from 'vitest'
import { type Outcome, OUTCOME_CLASSES } from '#lib/domain/outcome.ts'
import { TrafficSeconds } from './traffic-seconds.ts'

const NAMED = { model: 'gpt-4o', hasCircuit: true }
const OUTCOME: Outcome = {
  providerId: 'acme',
  model: 'gpt-4o',
  source: 'passive',
  class: 'ok',
  kind: null,
  message: null,
  retryAfterMs: null,
  startedAt: 0,
  at: 0,
  latencyMs: 1,
  httpStatus: 200,
  phases: null,
  completion: true,
  accountWide: false,
}

describe('the traffic of a second', () => {
  it('is counted apart by class, by where an error came from and by how slow a success was, and by nothing else', () => {
    const seconds = new TrafficSeconds()
    const ends: Partial<Outcome>[] = [
      ...OUTCOME_CLASSES.map((outcomeClass) => ({ class: outcomeClass })),
      ...[2, 4, 1_024, 3_600_000].map((latencyMs) => ({ latencyMs })),
      { class: 'provider_error', kind: 'refused', httpStatus: null },
      { class: 'provider_error', kind: 'stalled', httpStatus: null },
    ]
    for (const end of [...ends, ...ends])
      seconds.count(NAMED, { outcome: { ...OUTCOME, message: null, ...end }, at: 0 })
    const [counted] = seconds.takeAll()
    expect(counted?.groups).toHaveLength(ends.length)
    expect(counted?.groups.every(({ count }) => count === 2)).toBe(true)
    const told = counted?.groups.map(({ class: outcomeClass, failure, slowness }) =>
      [outcomeClass, failure, slowness].join(' '),
    )
    expect(new Set(told).size).toBe(ends.length)
  })
})
