import { describe, expect, it } from 'vitest'
import {
  type ProviderRow,
  type SelfHealth,
  type StreamEvent,
  streamEventSchema,
} from '#lib/contract/monitor.ts'
import type { FleetEvent } from '#lib/services/engine.ts'
import { createLiveHub, HEARTBEAT_MS } from './live-hub.ts'
import { ROWS_PER_SECOND } from './live-pace.ts'

const START = Date.parse('2026-01-31T12:00:00Z')

const self: SelfHealth = {
  status: 'ok',
  version: '0.0.0',
  uptimeMs: 1,
  checks: { database: 'ok', scheduler: 'ok', eventLoop: 'ok', egress: 'off' },
}

const row = (id: string, samples: number): ProviderRow => ({
  id,
  name: id,
  kind: 'http',
  enabled: true,
  region: null,
  tags: [],
  status: 'healthy',
  statusReason: 'all good',
  since: '2026-01-31T12:00:00.000Z',
  consecutiveFailures: 0,
  averageLatencyMs: 12,
  successRate: 1,
  samples,
  lastHour: {
    count: samples,
    successRate: 1,
    p50Ms: 12,
    p95Ms: 12,
    share: null,
    earlierShare: null,
    traffic: {},
  },
  lastCheckAt: null,
  nextCheckAt: null,
  intervalMs: 30_000,
  timeoutMs: 10_000,
  minSamples: 5,
  circuit: { state: 'closed', effective: 'closed', override: null, until: null },
  openModels: 0,
  heldModels: null,
})

/** A hub with a hand clock: `turn` runs what was put off to a later turn, `pass` lets time go by. */
function stage() {
  let now = START
  let soon: (() => void)[] = []
  let timers: { at: number; run: () => void }[] = []
  let listener: (event: FleetEvent) => void = () => undefined
  const samples = new Map<string, number>()
  const hub = createLiveHub({
    bus: {
      on: (next) => {
        listener = next
        return () => {
          listener = () => undefined
        }
      },
      emit: () => undefined,
    },
    now: () => now,
    bootId: 'boot',
    readRow: (id) => (samples.has(id) ? row(id, samples.get(id) ?? 0) : null),
    selfHealth: () => self,
    timers: {
      soon: (run) => soon.push(run),
      after: (ms, run) => {
        const timer = { at: now + ms, run }
        timers.push(timer)
        return () => {
          timers = timers.filter((other) => other !== timer)
        }
      },
    },
  })
  const turn = () => {
    while (soon.length > 0) {
      const due = soon
      soon = []
      for (const run of due) run()
    }
  }
  return {
    hub,
    turn,
    emit: (event: FleetEvent) => listener(event),
    change: (id: string) => {
      samples.set(id, (samples.get(id) ?? 0) + 1)
      listener({ type: 'row', providerId: id })
    },
    samples,
    pass: (ms: number) => {
      const end = now + ms
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
        if (next === undefined) break
        now = Math.max(now, next.at)
        timers = timers.filter((timer) => timer !== next)
        next.run()
        turn()
      }
      now = end
    },
  }
}

type Heard = { id: string | null; event: StreamEvent }

/** Reads what has been sent to a client so far. */
function client(stream: ReadableStream<Uint8Array>) {
  const reader = stream.getReader()
  let pending = reader.read()
  let ended = false
  const take = async (): Promise<Uint8Array | null> => {
    // A read that is not settled after all queued microtasks has nothing to give.
    const nothing = new Promise<null>((resolve) => setImmediate(() => resolve(null)))
    const got = await Promise.race([pending, nothing])
    if (got === null) return null
    ended = got.done
    if (!got.done) pending = reader.read()
    return got.value ?? null
  }
  return {
    heard: async (): Promise<Heard[]> => {
      let text = ''
      for (let chunk = await take(); chunk !== null; chunk = await take())
        text += new TextDecoder().decode(chunk)
      return parse(text)
    },
    hasEnded: () => ended,
  }
}

function parse(text: string): Heard[] {
  return text
    .split('\n\n')
    .filter((block) => block.includes('data: '))
    .map((block) => {
      const fields = new Map(
        block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]),
      )
      const event = streamEventSchema.parse(JSON.parse(fields.get('data') ?? ''))
      expect(fields.get('event')).toBe(event.kind)
      return { id: fields.get('id') ?? null, event }
    })
}

const kinds = (heard: Heard[]) => heard.map(({ event }) => event.kind)
const rows = (heard: Heard[]) => heard.flatMap(({ event }) => (event.kind === 'provider' ? [event.row] : []))

describe('the live hub', () => {
  it('greets with its position and health, then tells what happens, numbered', async () => {
    const { hub, change, emit, turn } = stage()
    const { heard } = client(hub.connect(null))
    expect(await heard()).toMatchObject([
      { id: 'boot:0', event: { kind: 'hello', seq: 0, bootId: 'boot' } },
      { id: null, event: { kind: 'heartbeat', self } },
    ])
    change('a')
    emit({ type: 'settings', version: 2 })
    emit({ type: 'removed', providerId: 'gone' })
    turn()
    const later = await heard()
    expect(kinds(later)).toEqual(['settings', 'provider_removed', 'provider'])
    expect(later.map(({ id }) => id)).toEqual(['boot:1', 'boot:2', 'boot:3'])
    expect(later.map(({ event }) => event.seq)).toEqual([1, 2, 3])
    expect(hub.seq()).toBe(3)
  })

  it('does not send a row that reads as it did', async () => {
    const { hub, change, emit, turn } = stage()
    const { heard } = client(hub.connect(null))
    change('a')
    turn()
    emit({ type: 'row', providerId: 'a' })
    emit({ type: 'row', providerId: 'unknown' })
    turn()
    expect(rows(await heard())).toHaveLength(1)
  })

  it('sends rows at once up to the pace, then the newest of each every half second', async () => {
    const { hub, change, turn, pass } = stage()
    const { heard } = client(hub.connect(null))
    for (let n = 0; n < 100; n += 1) change(`p${n}`)
    turn()
    for (let n = 0; n < 100; n += 1) change(`p${n}`)
    turn()
    expect(rows(await heard())).toHaveLength(ROWS_PER_SECOND)
    pass(499)
    expect(rows(await heard())).toHaveLength(0)
    pass(1)
    const held = rows(await heard())
    expect(new Set(held.map(({ id }) => id)).size).toBe(held.length)
    expect(held).toHaveLength(100)
    expect(held.every(({ samples }) => samples === 2)).toBe(true)
    change('p1')
    turn()
    expect(rows(await heard()), 'still too many').toHaveLength(0)
    pass(500)
    expect(rows(await heard())).toHaveLength(1)
    pass(500)
    change('p1')
    turn()
    expect(rows(await heard()), 'calm again').toHaveLength(1)
  })

  it('does not let rows that are held hold back a transition', async () => {
    const { hub, change, emit, turn } = stage()
    const { heard } = client(hub.connect(null))
    for (let n = 0; n < ROWS_PER_SECOND + 10; n += 1) change(`p${n}`)
    emit({ type: 'settings', version: 3 })
    turn()
    expect(kinds(await heard())).toContain('settings')
  })

  it('goes on where a client left off', async () => {
    const { hub, change, turn } = stage()
    for (const id of ['a', 'b', 'c']) {
      change(id)
      turn()
    }
    const heard = await client(hub.connect('boot:1')).heard()
    expect(heard.map(({ event }) => [event.kind, event.seq])).toEqual([
      ['hello', 1],
      ['heartbeat', 1],
      ['provider', 2],
      ['provider', 3],
    ])
  })

  it.each(['other:1', 'boot:9', 'nonsense'])(
    'tells a client that comes with %s only where it is now',
    async (id) => {
      const { hub, change, turn } = stage()
      change('a')
      turn()
      const heard = await client(hub.connect(id)).heard()
      expect(heard.map(({ event }) => [event.kind, event.seq])).toEqual([
        ['hello', 1],
        ['heartbeat', 1],
      ])
    },
  )

  it('sends a newcomer nothing twice and nothing less', async () => {
    const { hub, change, turn } = stage()
    const first = client(hub.connect(null))
    change('a')
    const second = client(hub.connect('boot:0'))
    change('b')
    turn()
    const third = client(hub.connect('boot:0'))
    turn()
    for (const { heard } of [first, second, third])
      expect(rows(await heard()).map(({ id }) => id)).toEqual(['a', 'b'])
  })

  it('sends everyone the same, in the same order, also when there are many', async () => {
    const { hub, change, emit, turn } = stage()
    const clients = Array.from({ length: 50 }, () => client(hub.connect(null)))
    change('a')
    emit({ type: 'settings', version: 1 })
    turn()
    change('b')
    turn()
    for (const { heard } of clients) {
      expect(kinds(await heard())).toEqual(['hello', 'heartbeat', 'settings', 'provider', 'provider'])
    }
  })

  it('beats every fifteen seconds', async () => {
    const { hub, pass } = stage()
    const { heard } = client(hub.connect(null))
    await heard()
    pass(HEARTBEAT_MS * 3)
    expect(kinds(await heard())).toEqual(['heartbeat', 'heartbeat', 'heartbeat'])
  })

  it('lets a client go that reads too slowly, and keeps the others', async () => {
    const { hub, emit, turn } = stage()
    const slow = hub.connect(null).getReader()
    const { heard } = client(hub.connect(null))
    const reason = 'x'.repeat(1_000_000)
    for (let n = 0; n < 12; n += 1) {
      emit({
        type: 'record',
        record: {
          kind: 'cooling',
          id: `${n}`,
          providerId: 'a',
          model: null,
          at: iso(),
          until: iso(),
          reason,
          persisted: true,
        },
      })
      turn()
      await heard()
    }
    expect(hub.clients()).toBe(1)
    const drain = async () => {
      while (!(await slow.read()).done);
    }
    await expect(drain()).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('forgets a client that went away, and ends all streams when it closes', async () => {
    const { hub, change, turn } = stage()
    const gone = hub.connect(null)
    const stays = client(hub.connect(null))
    await gone.cancel()
    expect(hub.clients()).toBe(1)
    hub.close()
    change('a')
    turn()
    expect(kinds(await stays.heard())).toEqual(['hello', 'heartbeat'])
    expect(stays.hasEnded()).toBe(true)
    expect(hub.clients()).toBe(0)
  })
})

const iso = () => new Date(START).toISOString()
