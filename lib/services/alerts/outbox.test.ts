import { describe, expect, it } from 'vitest'
import { channel, delivery } from '#lib/adapters/storage/test-alerting-records.ts'
import { NOON } from '#lib/adapters/storage/test-records.ts'
import type { Delivery } from '#lib/contract/channel.ts'
import { createOutbox } from './outbox.ts'
import type { ChannelRecord, DeliveryRecord } from './records.ts'

const HOUR_MS = 3_600_000
const RESULT: Delivery = {
  outcome: 'delivered',
  status: 200,
  answer: 'ok',
  retryAfterMs: null,
  detail: 'Taken.',
}
const LATER: Delivery = { ...RESULT, outcome: 'retry', status: 503, detail: 'It answered 503.' }
const REFUSED: Delivery = { ...RESULT, outcome: 'refused', status: 400, detail: 'It answered 400.' }

type Attempt = { id: string; attempt: number; at: number; signal: AbortSignal }

/** An outbox with the clock, chance and the channels' answers in the test's hand. */
function stage(answer: (delivery: DeliveryRecord) => Delivery | Promise<Delivery> = () => RESULT) {
  let now = NOON
  let timers: { at: number; run: () => void }[] = []
  const channels = new Map<string, ChannelRecord>([
    ['ops', channel('ops')],
    ['pager', channel('pager')],
  ])
  const attempts: Attempt[] = []
  const saved = new Map<string, DeliveryRecord>()
  const outbox = createOutbox({
    clock: { now: () => now },
    random: () => 0.5,
    channelOf: (id) => channels.get(id) ?? null,
    deliver: async (_channel, one, { attempt, signal }) => {
      attempts.push({ id: one.id, attempt, at: now - NOON, signal })
      return answer(one)
    },
    save: (deliveries) => {
      for (const one of deliveries) saved.set(one.id, one)
    },
    after: (ms, run) => {
      const timer = { at: now + ms, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
  })
  const flush = () => new Promise((resolve) => setImmediate(resolve))
  /** Lets time go by, from one timer to the next. */
  async function pass(ms: number) {
    const end = now + ms
    await flush()
    for (;;) {
      const next = timers.sort((a, b) => a.at - b.at)[0]
      if (next === undefined || next.at > end) break
      timers.shift()
      now = Math.max(now, next.at)
      next.run()
      await flush()
    }
    now = end
  }
  return {
    outbox,
    channels,
    attempts,
    saved,
    pass,
    flush,
    ids: () => attempts.map(({ id }) => id),
    times: () => attempts.map(({ at }) => at),
    pending: () => timers.length,
  }
}

const queued = (count: number, over: (index: number) => Partial<DeliveryRecord> = () => ({})) =>
  Array.from({ length: count }, (_, index) =>
    delivery(`d-${index}`, { incidentId: `incident-${index}`, ...over(index) }),
  )

describe('what is delivered', () => {
  it('is tried at once, kept as delivered with the answer, and forgotten', async () => {
    const { outbox, saved, attempts, pass } = stage()
    outbox.add([delivery('a')])
    expect(outbox.waiting()).toBe(1)
    await pass(0)
    expect(attempts).toMatchObject([{ id: 'a', attempt: 1, at: 0 }])
    expect(saved.get('a')).toEqual(
      delivery('a', {
        state: 'delivered',
        attempts: 1,
        nextAttemptAt: null,
        endedAt: NOON,
        lastResult: RESULT,
      }),
    )
    expect(outbox.waiting()).toBe(0)
    expect(outbox.health('ops')).toEqual({
      waiting: 0,
      failures: 0,
      pausedUntil: null,
      last: { at: NOON, result: RESULT },
    })
  })

  it('keeps its order within an incident: the second waits until the first is through', async () => {
    let isDown = true
    const { outbox, ids, pass } = stage((one) => (isDown && one.id === 'first' ? LATER : RESULT))
    outbox.add([delivery('first'), delivery('second', { position: 2 })])
    await pass(900)
    expect(ids()).toEqual(['first'])
    isDown = false
    await pass(200)
    expect(ids()).toEqual(['first', 'first', 'second'])
  })

  it('of other incidents goes out beside it, four at once', async () => {
    const ends: (() => void)[] = []
    const { outbox, attempts, flush } = stage(() => new Promise((end) => ends.push(() => end(RESULT))))
    outbox.add(queued(6))
    await flush()
    expect(attempts).toHaveLength(4)
    ends[0]?.()
    await flush()
    expect(attempts).toHaveLength(5)
  })

  it('of one channel is not held up by another that fails', async () => {
    const { outbox, saved, pass } = stage((one) => (one.channelId === 'ops' ? LATER : RESULT))
    outbox.add([delivery('a'), delivery('b', { channelId: 'pager' })])
    await pass(0)
    expect(saved.get('b')?.state).toBe('delivered')
    expect(saved.get('a')?.state).toBe('waiting')
  })
})

describe('what is not taken', () => {
  it('is tried again after 1, 2, 4 … seconds, up to five minutes', async () => {
    const { outbox, times, attempts, pass } = stage(() => LATER)
    outbox.add([delivery('a')])
    await pass(1_200_000)
    const at = times()
    const waits = at.slice(1).map((time, index) => time - (at[index] ?? 0))
    expect(waits.slice(0, 11)).toEqual(
      [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map((seconds) => seconds * 1_000),
    )
    expect(attempts.slice(0, 3).map(({ attempt }) => attempt)).toEqual([1, 2, 3])
  })

  it('is left alone for as long as the receiver asked', async () => {
    const { outbox, times, saved, pass } = stage(() => ({ ...LATER, status: 429, retryAfterMs: 90_000 }))
    outbox.add([delivery('a')])
    await pass(100_000)
    expect(times()).toEqual([0, 90_000])
    expect(outbox.health('ops').pausedUntil).toBe(NOON + 180_000)
    expect(saved.get('a')?.nextAttemptAt).toBe(NOON + 180_000)
  })

  it('is dead at once where the receiver refuses it, and the next is tried', async () => {
    const { outbox, saved, pass } = stage((one) => (one.id === 'a' ? REFUSED : RESULT))
    outbox.add([delivery('a'), delivery('b', { position: 2 })])
    await pass(0)
    expect(saved.get('a')).toMatchObject({ state: 'dead', lastResult: REFUSED, endedAt: NOON })
    expect(saved.get('b')?.state).toBe('delivered')
    expect(outbox.results('ops')).toEqual({ delivered: 1, retry: 0, dead: 1 })
  })

  it('is given up after a day', async () => {
    const { outbox, saved, times, pass } = stage(() => LATER)
    outbox.add([delivery('a')])
    await pass(24 * HOUR_MS + 300_000)
    expect(saved.get('a')).toMatchObject({ state: 'dead', lastResult: { status: 503 } })
    expect(times().at(-1)).toBeLessThanOrEqual(24 * HOUR_MS)
    expect(outbox.waiting()).toBe(0)
  })

  it('is given up without a try when it was found a day old, as after a long stop', async () => {
    const { outbox, saved, attempts, pass } = stage()
    outbox.add([delivery('a', { createdAt: NOON - 24 * HOUR_MS - 1 })])
    await pass(0)
    expect(attempts).toEqual([])
    expect(saved.get('a')).toMatchObject({
      state: 'dead',
      lastResult: { detail: 'It could not be delivered within a day.' },
    })
  })

  it('because of a fault of ours is tried again', async () => {
    let calls = 0
    const { outbox, saved, pass } = stage(() => {
      calls += 1
      if (calls === 1) throw new Error('out of luck')
      return RESULT
    })
    outbox.add([delivery('a')])
    await pass(0)
    expect(saved.get('a')).toMatchObject({ state: 'waiting', lastResult: { detail: 'out of luck' } })
    await pass(1_000)
    expect(saved.get('a')?.state).toBe('delivered')
  })
})

describe('a channel that fails', () => {
  it('with ten thousand waiting is tried once a pause, and loses none of them', async () => {
    let isDown = true
    const { outbox, attempts, times, saved, pass } = stage(() => (isDown ? LATER : RESULT))
    outbox.add(queued(10_000))
    await pass(0)
    const burst = attempts.length
    expect(burst).toBeLessThanOrEqual(4)
    await pass(3_600_000)
    const later = times().slice(burst)
    expect(new Set(later).size).toBe(later.length)
    expect(later.length).toBeLessThan(25)
    expect(outbox.waiting()).toBe(10_000)
    isDown = false
    await pass(300_000)
    expect(outbox.waiting()).toBe(0)
    expect([...saved.values()].filter(({ state }) => state === 'delivered')).toHaveLength(10_000)
    expect(outbox.health('ops').failures).toBe(0)
  })
})

describe('a channel that is no more, or turned off', () => {
  it('gives up what waits for it', async () => {
    const { outbox, saved, channels, pass } = stage(() => LATER)
    outbox.add([delivery('a'), delivery('b', { position: 2 }), delivery('c', { incidentId: 'other' })])
    await pass(0)
    channels.delete('ops')
    outbox.drop('ops', 'The channel was deleted.')
    expect(outbox.waiting()).toBe(0)
    expect(outbox.results('ops')).toEqual({ delivered: 0, retry: 2, dead: 3 })
    for (const id of ['a', 'b', 'c'])
      expect(saved.get(id)).toMatchObject({
        state: 'dead',
        nextAttemptAt: null,
        lastResult: { outcome: 'refused', detail: 'The channel was deleted.' },
      })
  })

  it('lets what is under way end, and does not try it again', async () => {
    let end: (result: Delivery) => void = () => undefined
    const { outbox, attempts, saved, channels, pass } = stage(() => new Promise((resolve) => (end = resolve)))
    outbox.add([delivery('a'), delivery('b', { position: 2 })])
    await pass(0)
    channels.set('ops', channel('ops', { enabled: false }))
    outbox.drop('ops', 'The channel was turned off.')
    expect(saved.get('b')?.state).toBe('dead')
    expect(outbox.waiting()).toBe(1)
    end(LATER)
    await pass(2_000)
    expect(attempts).toHaveLength(1)
    expect(saved.get('a')).toMatchObject({
      state: 'dead',
      lastResult: { detail: 'The channel is turned off.' },
    })
  })

  it('refuses what comes for it later', async () => {
    const { outbox, saved, channels, attempts, pass } = stage()
    channels.clear()
    outbox.add([delivery('a')])
    await pass(0)
    expect(attempts).toEqual([])
    expect(saved.get('a')).toMatchObject({
      state: 'dead',
      lastResult: { detail: 'The channel was deleted.' },
    })
  })
})

describe('an outbox that is stopped', () => {
  it('leaves what is under way waiting, and begins nothing', async () => {
    let end: (result: Delivery) => void = () => undefined
    const { outbox, attempts, saved, pending, pass } = stage(() => new Promise((resolve) => (end = resolve)))
    outbox.add([delivery('a')])
    await pass(0)
    outbox.stop()
    expect(attempts[0]?.signal.aborted).toBe(true)
    end(RESULT)
    await pass(0)
    expect(saved.size).toBe(0)
    outbox.add([delivery('b', { incidentId: 'other' })])
    await pass(60_000)
    expect(attempts).toHaveLength(1)
    expect(pending()).toBe(0)
  })
})
