import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Monitor, ProviderRow, RecentCheck, SelfHealth, StreamEvent } from '#lib/contract/monitor.ts'
import { fleetStats } from '#lib/domain/fleet-stats.ts'
import { appendRecent, applyEvents } from './apply-events.ts'

const asOf = (seconds: number) => new Date(Date.UTC(2026, 0, 31, 12, 0, seconds)).toISOString()

const row = (id: string, more: Partial<ProviderRow> = {}): ProviderRow => ({
  id,
  name: id,
  kind: 'openai',
  enabled: true,
  region: null,
  tags: [],
  status: 'healthy',
  statusReason: '',
  since: asOf(0),
  consecutiveFailures: 0,
  averageLatencyMs: 100,
  successRate: 1,
  samples: 10,
  lastHour: {
    count: 10,
    successRate: 1,
    p50Ms: 90,
    p95Ms: 200,
    share: null,
    earlierShare: null,
    traffic: {},
  },
  lastCheckAt: asOf(0),
  nextCheckAt: asOf(30),
  intervalMs: 30_000,
  timeoutMs: 10_000,
  minSamples: 5,
  circuit: { state: 'closed', effective: 'closed', override: null, until: null },
  openModels: 0,
  heldModels: null,
  ...more,
})

const fleet = (rows: ProviderRow[], seq = 10): Monitor => ({
  asOf: asOf(0),
  seq,
  bootId: 'boot-1',
  stats: fleetStats(rows),
  providers: rows,
})

const changed = (seq: number, provider: ProviderRow): StreamEvent => ({
  kind: 'provider',
  seq,
  asOf: asOf(seq),
  row: provider,
})
const self: SelfHealth = {
  status: 'ok',
  version: '1',
  uptimeMs: 1,
  checks: { database: 'ok', scheduler: 'ok', eventLoop: 'ok', egress: 'off' },
}

describe('applyEvents', () => {
  const a = row('a')
  const b = row('b')
  const monitor = fleet([a, b])

  it('puts a changed row in its place, counts anew, and leaves the others as they are', () => {
    const sick = row('b', { status: 'unhealthy', averageLatencyMs: null })
    const { monitor: next, hasGap } = applyEvents(monitor, [changed(11, sick)])
    expect(hasGap).toBe(false)
    expect(next.providers[0]).toBe(a)
    expect(next.providers[1]).toBe(sick)
    expect(next.stats).toMatchObject({ healthyProviders: 1, unhealthyProviders: 1, averageLatencyMs: 100 })
    expect(next).toMatchObject({ seq: 11, asOf: asOf(11) })
  })

  it('adds a new row and takes out a removed one', () => {
    const c = row('c')
    const { monitor: next } = applyEvents(monitor, [
      changed(11, c),
      { kind: 'provider_removed', seq: 12, asOf: asOf(12), id: 'a' },
    ])
    expect(next.providers).toEqual([b, c])
    expect(next.stats.totalProviders).toBe(2)
  })

  it('ignores what the snapshot already contains', () => {
    expect(applyEvents(monitor, [changed(10, row('b', { status: 'unhealthy' }))])).toEqual({
      monitor,
      hasGap: false,
    })
    expect(applyEvents(monitor, [changed(9, row('b', { status: 'unhealthy' }))]).monitor).toBe(monitor)
  })

  it('applies what comes after a gap, and says that something is missing', () => {
    const sick = row('b', { status: 'unhealthy' })
    const { monitor: next, hasGap } = applyEvents(monitor, [changed(13, sick)])
    expect(hasGap).toBe(true)
    expect(next.providers[1]).toBe(sick)
  })

  it.each<[why: string, hello: { bootId: string; seq: number }, expected: boolean]>([
    ['the same boot and place is no gap', { bootId: 'boot-1', seq: 10 }, false],
    ['an earlier place, when the snapshot is newer, is no gap', { bootId: 'boot-1', seq: 8 }, false],
    ['a later place is a gap', { bootId: 'boot-1', seq: 11 }, true],
    ['another boot is a gap, wherever it is', { bootId: 'boot-2', seq: 3 }, true],
  ])('hello: %s', (_why, hello, expected) => {
    const { hasGap } = applyEvents(monitor, [{ kind: 'hello', asOf: asOf(1), ...hello }])
    expect(hasGap).toBe(expected)
  })

  it('takes only the time from a heartbeat, which may overtake rows', () => {
    const beat: StreamEvent = { kind: 'heartbeat', seq: 12, asOf: asOf(5), self }
    const sick = row('b', { status: 'unhealthy' })
    const { monitor: next, hasGap } = applyEvents(monitor, [beat, changed(11, sick)])
    expect(hasGap).toBe(false)
    expect(next).toMatchObject({ seq: 11, asOf: asOf(11) })
    expect(applyEvents(monitor, [beat]).monitor).toMatchObject({ seq: 10, asOf: asOf(5), providers: [a, b] })
  })

  it('does not count a fleet of which it knows only a part', () => {
    const part: Monitor = {
      ...monitor,
      stats: { ...monitor.stats, totalProviders: 500, healthyProviders: 500 },
    }
    const { monitor: next } = applyEvents(part, [changed(11, row('b', { status: 'unhealthy' }))])
    expect(next.stats).toEqual(part.stats)
  })

  // Killed: stats from the old rows; a row appended instead of replaced; `seq` not advanced; last row of a batch not the one kept.
  it('ends at the same fleet however the events are cut into batches', () => {
    const change = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      status: fc.constantFrom('healthy', 'degraded', 'unhealthy', 'unknown'),
      gone: fc.boolean(),
    })
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 30, size: 'max' }),
        fc.integer({ min: 1, max: 7 }),
        (changes, size) => {
          const events = changes.map(({ id, status, gone }, i): StreamEvent => {
            const seq = 11 + i
            return gone
              ? { kind: 'provider_removed', seq, asOf: asOf(seq), id }
              : changed(seq, row(id, { status }))
          })
          const expected = new Map(monitor.providers.map((provider) => [provider.id, provider]))
          for (const event of events) {
            if (event.kind === 'provider') expected.set(event.row.id, event.row)
            if (event.kind === 'provider_removed') expected.delete(event.id)
          }
          let stepped = monitor
          for (let start = 0; start < events.length; start += size) {
            const applied = applyEvents(stepped, events.slice(start, start + size))
            expect(applied.hasGap).toBe(false)
            stepped = applied.monitor
          }
          const byId = (rows: Iterable<ProviderRow>) => [...rows].toSorted((x, y) => (x.id < y.id ? -1 : 1))
          expect(byId(stepped.providers)).toEqual(byId(expected.values()))
          expect(stepped.stats).toEqual(fleetStats(stepped.providers))
          expect(stepped.seq).toBe(10 + events.length)
        },
      ),
    )
  })
})

describe('appendRecent', () => {
  const check = (seconds: number): RecentCheck => [asOf(seconds), 'ok', 100]

  it('puts a newer check at the end and keeps sixty', () => {
    const sixty = Array.from({ length: 60 }, (_, i) => check(i))
    const next = appendRecent(sixty, check(60))
    expect(next).toHaveLength(60)
    expect(next.at(-1)).toEqual(check(60))
    expect(next[0]).toEqual(check(1))
  })

  it('leaves the same or an older check out', () => {
    const recent = [check(5)]
    expect(appendRecent(recent, check(5))).toBe(recent)
    expect(appendRecent(recent, check(4))).toBe(recent)
  })
})
