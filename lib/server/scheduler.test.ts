import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DEFAULT_SETTINGS } from '#lib/contract/settings.ts'
import type { RawResult } from '#lib/domain/raw-result.ts'
import { stageFleet } from '#lib/services/stage-fleet.fixture.ts'
import { createScheduler } from './scheduler.ts'

const SECOND = 1_000
const nothing = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null }

type Begun = { id: string; at: number; finish: (part?: Partial<RawResult>) => void; isAborted: () => boolean }

/** A scheduler over a real fleet, with hand-cranked time and a prober whose answers the test gives. */
function stageScheduler({ isOn = true, answersAtOnce = true, loopDelayMs = 0 } = {}) {
  const stage = stageFleet()
  stage.engine.clock.now = () => Date.now()
  stage.fleet.clock.now = () => Date.now()
  const begun: Begun[] = []
  const faults: unknown[] = []
  const answer = { fails: false }
  const scheduler = createScheduler({
    fleet: stage.fleet,
    random: () => 0.5,
    isOn,
    onFault: (error) => faults.push(error),
    world: {
      askCanary: null,
      wallNow: Date.now,
      maxLoopDelaySince: () => loopDelayMs,
      prober: {
        probe: (provider, { signal }) => {
          const startedAt = Date.now()
          const { promise, resolve } = Promise.withResolvers<RawResult>()
          const finish = (part: Partial<RawResult> = {}) =>
            resolve({
              startedAt,
              endedAt: Date.now(),
              phases: nothing,
              httpStatus: 200,
              headers: {},
              failure: null,
              errorCode: null,
              excerpt: null,
              usage: null,
              ...part,
            })
          signal.addEventListener('abort', () => finish())
          begun.push({ id: provider.id, at: startedAt, finish, isAborted: () => signal.aborted })
          if (answersAtOnce) {
            finish(
              answer.fails
                ? { httpStatus: null, failure: { kind: 'response_timeout', message: 'no answer' } }
                : {},
            )
          }
          return promise
        },
      },
    },
  })
  return { ...stage, scheduler, begun, faults, answer, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) }
}

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-03-01T12:00:00Z') }))
afterEach(() => void vi.useRealTimers())

const startedIn = (begun: Begun[], from: number, to: number) =>
  begun.filter(({ at }) => at >= from && at < to).length

describe('Health 5: checks run concurrently, bounded, spread and without bursts', () => {
  it('checks everybody once an interval, spread over it', async () => {
    const { add, scheduler, begun, pass } = stageScheduler()
    for (let i = 0; i < 30; i += 1) add(`p-${i}`)
    const from = Date.now()
    scheduler.start()
    await pass(30 * SECOND)
    expect(new Set(begun.map(({ id }) => id)).size).toBe(30)
    for (let s = 0; s < 30; s += 5) {
      expect(startedIn(begun, from + s * SECOND, from + (s + 5) * SECOND)).toBeLessThanOrEqual(6)
    }
    await pass(300 * SECOND)
    expect(begun.length).toBeGreaterThanOrEqual(30 * 10)
    expect(begun.length).toBeLessThanOrEqual(30 * 12)
  })

  it('never two of one provider at once, and a hanging one delays nobody', async () => {
    const { add, scheduler, begun, pass } = stageScheduler({ answersAtOnce: false })
    add('hangs')
    add('works')
    scheduler.start()
    for (let i = 0; i < 200; i += 1) {
      await pass(SECOND)
      begun
        .filter(({ id }) => id === 'works')
        .at(-1)
        ?.finish()
    }
    expect(begun.filter(({ id }) => id === 'hangs')).toHaveLength(1)
    expect(begun.filter(({ id }) => id === 'works').length).toBeGreaterThanOrEqual(6)
  })

  it('keeps to the bound of checks in flight, and runs the waiting ones as places come free', async () => {
    const { add, scheduler, begun, pass, settle } = stageScheduler({ answersAtOnce: false })
    for (let i = 0; i < 10; i += 1) add(`p-${i}`)
    settle({ monitor: { ...DEFAULT_SETTINGS.monitor, concurrency: 3 } })
    scheduler.start()
    await pass(30 * SECOND)
    expect(begun).toHaveLength(3)
    begun[0]?.finish()
    await pass(1)
    expect(begun).toHaveLength(4)
  })

  it('drops the ticks of a stall and spreads what they made due together', async () => {
    const { add, scheduler, begun, pass } = stageScheduler()
    for (let i = 0; i < 20; i += 1) add(`p-${i}`)
    scheduler.start()
    await pass(31 * SECOND)
    const before = begun.length
    vi.setSystemTime(Date.now() + 3_600_000)
    await pass(1_500)
    expect(begun.length - before).toBeLessThanOrEqual(2)
    expect(scheduler.takePunctuality().dropped).toBeGreaterThan(0)
    await pass(31 * SECOND)
    expect(new Set(begun.slice(before).map(({ id }) => id)).size).toBe(20)
  })
})

describe('Circuits 12: no circuit stays open without traffic', () => {
  it('checks at retryAt, then every five seconds while half-open, until it closes', async () => {
    const { add, scheduler, begun, pass, see, entry } = stageScheduler()
    add('acme')
    scheduler.start()
    await pass(31 * SECOND)
    const failed = {
      providerId: 'acme',
      class: 'provider_error' as const,
      kind: 'refused' as const,
      httpStatus: null,
    }
    see(failed, failed, failed, failed, failed)
    const { retryAt } = entry('acme').own.circuit
    const openedAt = Date.now()
    await pass(retryAt! - Date.now() + 5 * SECOND + 10)
    expect(begun.some(({ at }) => at >= retryAt! && at <= retryAt! + 10)).toBe(true)
    expect(entry('acme').own.circuit.state).toBe('closed')
    expect(Date.now() - openedAt).toBeLessThan(80 * SECOND)
  })

  it('goes on checking an open circuit at its interval, and moves nothing by it', async () => {
    const { add, scheduler, begun, pass, entry, answer } = stageScheduler()
    answer.fails = true
    add('acme')
    scheduler.start()
    await pass(125 * SECOND)
    expect(entry('acme').own.circuit.state).toBe('open')
    const { generation } = entry('acme').own.circuit
    const before = begun.length
    await pass(40 * SECOND)
    expect(begun.length).toBeGreaterThan(before)
    expect(entry('acme').own.circuit.generation).toBe(generation)
  })
})

describe('the scheduler', () => {
  it('blames nobody for what our own stall can have caused', async () => {
    const { add, scheduler, pass, entry, answer } = stageScheduler({ loopDelayMs: 5_000 })
    answer.fails = true
    add('acme')
    scheduler.start()
    await pass(300 * SECOND)
    expect(entry('acme').lastCheck).toMatchObject({ class: 'internal', kind: 'loop_stalled' })
    expect(entry('acme')).toMatchObject({
      health: { status: 'unknown' },
      own: { circuit: { state: 'closed' } },
    })
  })

  it.each([
    [900, 0],
    [1_100, null],
  ])(
    'takes what a good answer took for its latency, save where our own stall of %i ms was in it',
    async (ms, latencyMs) => {
      const { add, scheduler, pass, entry } = stageScheduler({ loopDelayMs: ms })
      add('acme')
      scheduler.start()
      await pass(60 * SECOND)
      expect(entry('acme').lastCheck).toMatchObject({ class: 'ok', latencyMs })
      expect(entry('acme').health.averageLatencyMs).toBe(latencyMs)
    },
  )

  it('joins a check that is under way when one is asked for', async () => {
    const { add, scheduler, begun } = stageScheduler({ answersAtOnce: false })
    add('acme')
    const both = Promise.all([scheduler.checkNow('acme'), scheduler.checkNow('acme')])
    begun[0]?.finish()
    expect(await both).toMatchObject([{ class: 'ok' }, { class: 'ok' }])
    expect(begun).toHaveLength(1)
  })

  it('drops the result of a check whose provider was changed while it ran', async () => {
    const { add, scheduler, begun, entry } = stageScheduler({ answersAtOnce: false })
    add('acme')
    const check = scheduler.checkNow('acme')
    entry('acme').epoch += 1
    begun[0]?.finish()
    await expect(check).rejects.toMatchObject({ code: 'conflict' })
    expect(entry('acme')).toMatchObject({ lastCheck: null, inFlight: 0 })
  })

  it('checks nothing by itself when it is off, keeps deadlines all the same, and runs rounds on request', async () => {
    const { add, scheduler, begun, pass, see, entry } = stageScheduler({ isOn: false })
    add('acme')
    add('disabled', { enabled: false })
    scheduler.start()
    await pass(60 * SECOND)
    expect(begun).toHaveLength(0)
    const failed = {
      providerId: 'acme',
      class: 'provider_error' as const,
      kind: 'refused' as const,
      httpStatus: null,
    }
    see(failed, failed, failed, failed, failed)
    await pass(70 * SECOND)
    expect(entry('acme').own.circuit.state).toBe('half_open')
    expect(await scheduler.runRound({ all: true, deadlineMs: 55_000 })).toMatchObject({
      results: [{ providerId: 'acme', class: 'ok' }],
      remaining: 0,
    })
  })

  it('answers a round at its deadline, and leaves what has not ended by then for the next', async () => {
    const { add, scheduler, begun, pass, settle, entry } = stageScheduler({
      isOn: false,
      answersAtOnce: false,
    })
    for (const id of ['quick', 'slow', 'waiting']) add(id)
    settle({ monitor: { ...DEFAULT_SETTINGS.monitor, concurrency: 1 } })
    let answer: unknown = null
    const round = scheduler.runRound({ all: true, deadlineMs: 55 * SECOND }).then((given) => {
      answer = given
    })
    await pass(SECOND)
    begun[0]?.finish()
    await pass(54 * SECOND - 1)
    expect(answer).toBeNull()
    await pass(1)
    expect(answer).toMatchObject({ results: [{ providerId: 'quick', class: 'ok' }], remaining: 2 })
    await round

    begun[1]?.finish()
    await pass(SECOND)
    expect(answer).toMatchObject({ results: { length: 1 }, remaining: 2 })
    expect(entry('slow').lastCheck).toMatchObject({ class: 'ok' })
    expect(begun.map(({ id }) => id)).toEqual(['quick', 'slow'])
  })

  it('passes over who was deleted or disabled since the round began, and checks them no more', async () => {
    const { add, fleet, scheduler, begun, pass, settle, entry } = stageScheduler({ answersAtOnce: false })
    for (const id of ['first', 'deleted', 'disabled', 'last']) add(id)
    settle({ monitor: { ...DEFAULT_SETTINGS.monitor, concurrency: 1 } })
    const round = scheduler.runRound({ all: true, deadlineMs: 55 * SECOND })
    await pass(0)
    fleet.entries.delete('deleted')
    scheduler.refresh('deleted')
    entry('disabled').provider = { ...entry('disabled').provider, enabled: false }
    scheduler.refresh('disabled')
    begun[0]?.finish()
    await pass(0)
    begun[1]?.finish()
    await pass(0)
    expect(await round).toMatchObject({
      results: [{ providerId: 'first' }, { providerId: 'last' }],
      remaining: 0,
    })
    expect(scheduler.nextCheckAt('deleted')).toBeNull()
    expect(scheduler.nextCheckAt('disabled')).toBeNull()
  })

  it('takes no more checks at once for a round than others leave free', async () => {
    const { add, scheduler, begun, pass, settle } = stageScheduler({ isOn: false, answersAtOnce: false })
    for (const id of ['one', 'two', 'three', 'four', 'five']) add(id)
    settle({ monitor: { ...DEFAULT_SETTINGS.monitor, concurrency: 3 } })
    const check = scheduler.checkNow('one')
    await pass(0)
    const round = scheduler.runRound({ all: true, deadlineMs: 55 * SECOND })
    await pass(0)
    // The first of the round's two lanes waits for the check that was under way.
    expect(begun.map(({ id }) => id)).toEqual(['one', 'two'])
    begun[0]?.finish()
    await check
    await pass(0)
    expect(begun.map(({ id }) => id)).toEqual(['one', 'two', 'three'])
    await pass(55 * SECOND)
    expect(await round).toMatchObject({ remaining: 4 })
    for (const { finish } of begun) finish()
  })

  it('leaves no timer behind a round that ends before its deadline', async () => {
    const { add, scheduler, pass } = stageScheduler({ isOn: false })
    add('acme')
    expect(await scheduler.runRound({ all: true, deadlineMs: 55 * SECOND })).toMatchObject({ remaining: 0 })
    await pass(SECOND)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('waits for checks under way when it stops, and abandons those that outlast its grace', async () => {
    const { add, scheduler, begun, pass, entry } = stageScheduler({ answersAtOnce: false })
    add('acme')
    add('slow')
    scheduler.start()
    await pass(30 * SECOND)
    const stopped = scheduler.stop(2 * SECOND)
    begun.find(({ id }) => id === 'acme')?.finish()
    await pass(2 * SECOND)
    await stopped
    expect(begun.find(({ id }) => id === 'slow')?.isAborted()).toBe(true)
    expect(entry('acme').lastCheck).toMatchObject({ class: 'ok' })
    expect(entry('slow')).toMatchObject({ lastCheck: null, inFlight: 0 })
    await pass(120 * SECOND)
    expect(begun).toHaveLength(2)
  })

  it('takes up a shorter interval at once and forgets a provider that is gone', async () => {
    const { add, scheduler, begun, pass, settle, fleet } = stageScheduler()
    add('acme')
    settle({ monitor: { ...DEFAULT_SETTINGS.monitor, interval: '1h' } })
    scheduler.start()
    await pass(SECOND)
    const before = begun.length
    settle({ monitor: { ...DEFAULT_SETTINGS.monitor, interval: '1s', timeout: '1s' } })
    scheduler.refresh()
    await pass(10 * SECOND)
    expect(begun.length - before).toBeGreaterThanOrEqual(9)
    fleet.entries.delete('acme')
    scheduler.refresh('acme')
    const gone = begun.length
    await pass(10 * SECOND)
    expect(begun).toHaveLength(gone)
  })
})
