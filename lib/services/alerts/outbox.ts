import type { Delivery } from '#lib/contract/channel.ts'
import { GIVE_UP_AFTER_MS, nextAttemptAt } from '#lib/domain/alerts/delivery-schedule.ts'
import type { Clock } from '../ports.ts'
import { ChannelLine, type ChannelHealth, type DeliveryCounts } from './channel-line.ts'
import type { ChannelRecord, DeliveryRecord } from './records.ts'

/** What the outbox needs of the rest. */
export type OutboxWorld = {
  clock: Clock
  /** A number from 0 up to 1. */
  random: () => number
  /** The channel as it is now; null when it was deleted. */
  channelOf: (id: string) => ChannelRecord | null
  /** One attempt; never rejects for what is expected. */
  deliver: (
    channel: ChannelRecord,
    delivery: DeliveryRecord,
    run: { attempt: number; signal: AbortSignal },
  ) => Promise<Delivery>
  /** Keeps deliveries as they stand now. */
  save: (deliveries: readonly DeliveryRecord[]) => void
  /** Calls back after so many ms; returns how to call it off. */
  after: (ms: number, run: () => void) => () => void
}

/** Brings what was queued to its channels, whatever it takes: at least once, and in order within an incident. */
export type Outbox = {
  /** Takes over deliveries that wait and are on disk. */
  add: (deliveries: readonly DeliveryRecord[]) => void
  /** Gives up all that waits for a channel, as it was deleted or turned off. */
  drop: (channelId: string, why: string) => void
  health: (channelId: string) => ChannelHealth
  /** What became of what was to be delivered to a channel, since the start. */
  results: (channelId: string) => DeliveryCounts
  /** How many wait, over all channels. */
  waiting: () => number
  /** Abandons what is under way; it stays waiting. */
  stop: () => void
}

const NOTHING: ChannelHealth = { waiting: 0, failures: 0, pausedUntil: null, last: null }
const NO_RESULTS: DeliveryCounts = { delivered: 0, retry: 0, dead: 0 }
// setTimeout counts in 32 bits; a wake without work costs nothing.
const LONGEST_SLEEP_MS = 60_000

/** An outbox with nothing in it. */
export function createOutbox(world: OutboxWorld): Outbox {
  const lines = new Map<string, ChannelLine>()
  const stopping = new AbortController()
  let callOff: (() => void) | null = null

  function lineOf(channelId: string): ChannelLine {
    const held = lines.get(channelId)
    if (held !== undefined) return held
    const made = new ChannelLine()
    lines.set(channelId, made)
    return made
  }

  function pump(): void {
    callOff?.()
    callOff = null
    if (stopping.signal.aborted) return
    const now = world.clock.now()
    let next = Number.POSITIVE_INFINITY
    for (const line of lines.values()) {
      for (let delivery = line.take(now); delivery !== null; delivery = line.take(now))
        void attempt(line, delivery)
      next = Math.min(next, line.nextAt() ?? next)
    }
    if (next !== Number.POSITIVE_INFINITY)
      callOff = world.after(Math.min(Math.max(0, next - now), LONGEST_SLEEP_MS), pump)
  }

  async function attempt(line: ChannelLine, delivery: DeliveryRecord): Promise<void> {
    const result = await resultOf(delivery)
    if (stopping.signal.aborted) return
    const at = world.clock.now()
    const after = afterAttempt(delivery, result, { at, chance: world.random() })
    line.settle(after, {
      at,
      result,
      pausedUntil: result.outcome === 'retry' ? pauseOf(line, result, at) : null,
    })
    world.save([after])
    pump()
  }

  async function resultOf(delivery: DeliveryRecord): Promise<Delivery> {
    const trouble = troubleWith(delivery)
    if (trouble !== null) return refused(trouble)
    const channel = world.channelOf(delivery.channelId)
    if (channel === null) return refused('The channel was deleted.')
    try {
      return await world.deliver(channel, delivery, {
        attempt: delivery.attempts + 1,
        signal: stopping.signal,
      })
    } catch (error) {
      // A fault of ours must not lose the alarm: it is tried again.
      return {
        ...refused(error instanceof Error ? error.message : 'It could not be sent.'),
        outcome: 'retry',
      }
    }
  }

  const troubleWith = ({ createdAt, channelId }: DeliveryRecord): string | null => {
    if (world.clock.now() - createdAt > GIVE_UP_AFTER_MS) return 'It could not be delivered within a day.'
    return world.channelOf(channelId)?.enabled === false ? 'The channel is turned off.' : null
  }

  function pauseOf(line: ChannelLine, { retryAfterMs }: Delivery, at: number): number | null {
    const made = line.health(at).failures + 1
    return nextAttemptAt({ made, firstAt: at, lastAt: at, retryAfterMs }, world.random())
  }

  return {
    add: (deliveries) => {
      for (const delivery of deliveries) lineOf(delivery.channelId).add(delivery)
      pump()
    },
    drop: (channelId, why) => {
      const at = world.clock.now()
      const dropped = lines.get(channelId)?.clear() ?? []
      if (dropped.length > 0) world.save(dropped.map((delivery) => ended(delivery, refused(why), at)))
    },
    health: (channelId) => lines.get(channelId)?.health(world.clock.now()) ?? NOTHING,
    results: (channelId) => lines.get(channelId)?.results() ?? NO_RESULTS,
    waiting: () => {
      const now = world.clock.now()
      return [...lines.values()].reduce((sum, line) => sum + line.health(now).waiting, 0)
    },
    stop: () => {
      stopping.abort()
      callOff?.()
    },
  }
}

const refused = (detail: string): Delivery => ({
  outcome: 'refused',
  status: null,
  answer: '',
  retryAfterMs: null,
  detail,
})

/** The delivery after an attempt that ended at `at`: delivered, dead, or waiting for the next. */
function afterAttempt(
  delivery: DeliveryRecord,
  result: Delivery,
  { at, chance }: { at: number; chance: number },
): DeliveryRecord {
  const made = delivery.attempts + 1
  const tried = { ...delivery, attempts: made, lastResult: result }
  if (result.outcome !== 'retry') return ended(tried, result, at)
  const plan = { made, firstAt: delivery.createdAt, lastAt: at, retryAfterMs: result.retryAfterMs }
  const next = nextAttemptAt(plan, chance)
  return next === null ? ended(tried, result, at) : { ...tried, nextAttemptAt: next }
}

const ended = (delivery: DeliveryRecord, result: Delivery, at: number): DeliveryRecord => ({
  ...delivery,
  state: result.outcome === 'delivered' ? 'delivered' : 'dead',
  nextAttemptAt: null,
  endedAt: at,
  lastResult: result,
})
