import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { DEFAULT_SETTINGS } from '#lib/contract/settings.ts'
import { authorNamed } from '#lib/domain/access/author.ts'
import type { Notification } from '#lib/domain/alerts/notification.ts'
import { createChannel } from '#lib/services/alerts/configure-channels.ts'
import { createRule } from '#lib/services/alerts/configure-rules.ts'
import { deliveriesOf } from '#lib/services/alerts/notification-of.ts'
import { createRuleSchema } from '#lib/contract/alert-rule.ts'
import { createChannelSchema } from '#lib/contract/channel.ts'
import { resetCircuit } from '#lib/services/reset-circuit.ts'
import { saveSettings } from '#lib/services/save-settings.ts'
import { startBenchFleet, type BenchFleet } from './bench-fleet.ts'
import { measureOf, type Measure } from './report.ts'
import { startSlowServer } from './start-slow-server.ts'

const measure = measureOf('alert-delivery')

const AUTHOR = authorNamed('bench')
const PROVIDERS = 500
/** Fewer than half: more would be one outage of the fleet. */
const TRANSITIONS = 200
const QUEUED = 10_000
const FAILING_MS = Number(process.env['BENCH_MEASURED_MS'] ?? 20_000)
const NS_PER_MS = 1e6

const TAKEN = { outcome: 'delivered', status: 200, answer: '', retryAfterMs: null, detail: 'ok' } as const
const LATER = { ...TAKEN, outcome: 'retry', status: 503, detail: 'It answered 503.' } as const

/** How long after a circuit opened a channel is first told, and what ten thousand that wait cost, on a real database. */
export default async function alertDelivery(): Promise<Measure[]> {
  const server = await startSlowServer(50)
  const fleet = await startBenchFleet({
    count: PROVIDERS,
    interval: '5s',
    baseUrl: `http://127.0.0.1:${server.port}/v1`,
  })
  await tellAtOnce(fleet)
  const waits = await timeFirstAttempts(fleet)
  const queue = await failWithAQueue(fleet)
  await fleet.runtime.stop()
  server.stop()
  fleet.remove()
  return [
    measure('circuit opened to first attempt, beyond for and group wait, p50', [at(waits, 0.5), 'ms']),
    measure('the same, p99', [at(waits, 0.99), 'ms'], { at: 'most', value: 1_000 }),
    measure('circuits of which nothing was told', [TRANSITIONS - waits.length, ''], { at: 'most', value: 0 }),
    measure('10,000 wait for a channel that fails: event-loop delay p99', [queue.delayMs, 'ms'], {
      at: 'most',
      value: 5,
    }),
    measure('attempts meanwhile, a minute', [queue.attemptsAMinute, '']),
    measure('lost once it is back', [queue.lost, ''], { at: 'most', value: 0 }),
    measure('until all 10,000 are delivered', [queue.drainedMs / 1_000, 's']),
  ]
}

const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN

/** One rule that waits for nothing, one channel, and no group wait. */
async function tellAtOnce({ runtime: { engine } }: BenchFleet): Promise<void> {
  const { version, settings } = engine.fleet.settings
  const alerts = { ...DEFAULT_SETTINGS.alerts, groupWait: '0s' }
  const change = { settings: { ...settings, alerts }, expectedVersion: version, reason: 'bench' }
  await saveSettings(engine, change, AUTHOR)
  const channel = createChannelSchema.parse({
    name: 'bench',
    kind: 'webhook',
    settings: { form: 'json' },
    secrets: { url: { secret: 'https://hook.example.com/' } },
  })
  await createChannel(engine, channel, AUTHOR)
  const rule = { name: 'open', condition: { type: 'circuit_opened' }, for: '0s' }
  await createRule(engine, createRuleSchema.parse(rule), AUTHOR)
}

/** Opens one circuit after the other; how long each took to be told for the first time, ascending, in ms. */
async function timeFirstAttempts({ runtime: { engine } }: BenchFleet): Promise<number[]> {
  const openedAt = new Map<string, number>()
  const waits: number[] = []
  engine.alerting.world.door = {
    ...engine.alerting.world.door,
    deliver: (_channel, { incident }) => {
      const subject = incident?.alerts[0]?.subject
      const began = subject?.type === 'circuit' ? openedAt.get(subject.id) : undefined
      if (began !== undefined) waits.push(performance.now() - began)
      if (subject?.type === 'circuit') openedAt.delete(subject.id)
      return Promise.resolve(TAKEN)
    },
  }
  for (let index = 0; index < TRANSITIONS; index += 1) {
    const providerId = `bench-${index}`
    openedAt.set(providerId, performance.now())
    const address = { providerId, model: null }
    await resetCircuit(engine, address, { input: { to: 'half_open', reason: 'bench' }, author: AUTHOR })
    await delay(50 + Math.random() * 100)
  }
  await delay(3_000)
  return waits.sort((a, b) => a - b)
}

/** Queues for a channel that fails, then lets it be well again. */
async function failWithAQueue({ runtime: { engine } }: BenchFleet) {
  const { world, outbox, channels } = engine.alerting
  const [channelId = ''] = channels.keys()
  let isDown = true
  let attempts = 0
  const delivered = new Set<string>()
  world.door = {
    ...world.door,
    deliver: async (_channel, { id }) => {
      attempts += 1
      await delay(5)
      if (!isDown) delivered.add(id)
      return isDown ? LATER : TAKEN
    },
  }
  const loop = monitorEventLoopDelay({ resolution: 1 })
  loop.enable()
  outbox.add(
    Array.from({ length: QUEUED }, (_, index) => queued(index, channelId, engine.clock.now())).flat(),
  )
  await delay(FAILING_MS)
  loop.disable()
  const attemptsAMinute = (attempts * 60_000) / FAILING_MS
  isDown = false
  const begunAt = performance.now()
  while (outbox.waiting() > 0 && performance.now() - begunAt < 600_000) await delay(100)
  const lost = Array.from({ length: QUEUED }, (_, index) => `queued-${index}`).filter(
    (id) => !delivered.has(id),
  )
  return {
    delayMs: loop.percentile(99) / NS_PER_MS,
    attemptsAMinute,
    lost: lost.length,
    drainedMs: performance.now() - begunAt,
  }
}

function queued(index: number, channelId: string, now: number) {
  const notification: Notification = {
    id: `queued-${index}`,
    notice: 'test',
    incident: null,
    severity: 'info',
    title: `Number ${index}`,
    text: 'One of ten thousand.',
    link: null,
    at: now,
  }
  return deliveriesOf(notification, { channels: [channelId], sequence: 1 })
}
