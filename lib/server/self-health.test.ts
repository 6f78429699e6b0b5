import { describe, expect, it } from 'vitest'
import type { ErrorKind, OutcomeClass } from '#lib/domain/outcome.ts'
import type { FleetEvent } from '#lib/services/engine.ts'
import type { JournalStatus } from '#lib/services/ports.ts'
import { watchSelfHealth } from './self-health.ts'

const healthy: JournalStatus = {
  state: 'ok',
  detail: null,
  waitingEntries: 0,
  waitingChecks: 0,
  waitingDecisions: 0,
  droppedChecks: 0,
  droppedDecisions: 0,
}

function watched(over: Partial<{ schedulerOn: boolean; hasCanary: boolean }> = {}) {
  const facts = { now: 60_000, journal: healthy, delayMs: 0 }
  const watch = watchSelfHealth({
    now: () => facts.now,
    startedAt: 0,
    version: '1.2.3',
    schedulerOn: true,
    hasCanary: false,
    journalStatus: () => facts.journal,
    maxLoopDelaySince: () => facts.delayMs,
    ...over,
  })
  return { facts, watch }
}

const check = (kind: ErrorKind, outcomeClass: OutcomeClass = 'internal'): FleetEvent => ({
  type: 'check',
  check: {
    providerId: 'acme',
    model: null,
    source: 'active',
    at: 0,
    class: outcomeClass,
    latencyMs: null,
    phases: null,
    httpStatus: null,
    kind,
    message: null,
    skipped: null,
    latencies: null,
    count: 1,
  },
})

describe('our own health', () => {
  it('is fine until something is wrong, and says what is off', () => {
    expect(watched().watch.read()).toEqual({
      status: 'ok',
      version: '1.2.3',
      uptimeMs: 60_000,
      checks: { database: 'ok', scheduler: 'ok', eventLoop: 'ok', egress: 'off' },
    })
    const { watch } = watched({ schedulerOn: false, hasCanary: true })
    expect(watch.read()).toMatchObject({ status: 'ok', checks: { scheduler: 'off', egress: 'ok' } })
  })

  it.each<[why: string, part: string, make: (stage: ReturnType<typeof watched>) => void]>([
    ['the database is away', 'database', ({ facts }) => (facts.journal = { ...healthy, state: 'impaired' })],
    ['the event loop stalled', 'eventLoop', ({ facts }) => (facts.delayMs = 1_001)],
    ['checks run late', 'scheduler', ({ watch }) => watch.hearLateness(1_001)],
    ['a check met a stalled loop', 'eventLoop', ({ watch }) => watch.hear(check('loop_stalled'))],
    ['our way out is down', 'egress', ({ watch }) => watch.hear(check('egress_down'))],
    ['descriptors ran out', 'scheduler', ({ watch }) => watch.hear(check('resources_exhausted'))],
  ])('is impaired when %s', (_why, part, make) => {
    const stage = watched()
    make(stage)
    const { status, checks } = stage.watch.read()
    expect(status).toBe('impaired')
    expect(Object.entries(checks).filter(([, state]) => state === 'impaired')).toEqual([[part, 'impaired']])
  })

  it('takes no stall of the start for a fault', () => {
    const { facts, watch } = watched()
    facts.delayMs = 5_000
    facts.now = 29_999
    expect(watch.read().status).toBe('ok')
    facts.now = 30_000
    expect(watch.read().status).toBe('impaired')
  })

  it('is none of our business when a provider fails', () => {
    const { watch } = watched()
    watch.hear(check('dns', 'provider_error'))
    watch.hear(check('loop_stalled', 'provider_error'))
    expect(watch.read().status).toBe('ok')
  })

  it('is well where policy refuses to call a provider: that is what it is for', () => {
    const { watch } = watched()
    watch.hear(check('refused_by_policy'))
    expect(watch.read().status).toBe('ok')
  })

  it('recovers a minute after the last fault, and when the schedule is kept again', () => {
    const { facts, watch } = watched()
    watch.hear(check('egress_down'))
    watch.hearLateness(5_000)
    facts.now += 59_999
    watch.hearLateness(null)
    expect(watch.read().checks).toMatchObject({ egress: 'impaired', scheduler: 'ok' })
    facts.now += 1
    expect(watch.read().status).toBe('ok')
  })
})
