import { describe, expect, it } from 'vitest'
import { stageFleet, T0 } from '../stage-fleet.fixture.ts'
import { WindowLatency } from './window-latency.ts'

const MINUTE_MS = 60_000

describe('the latency of a window', () => {
  it('is that of the last minutes, and of the hour where the window is longer', () => {
    const { fleet, see, drift, add, engine } = stageFleet()
    add('acme')
    see({ providerId: 'acme', latencyMs: 2_000 })
    drift(20 * MINUTE_MS)
    see({ providerId: 'acme', latencyMs: 400 })
    const latency = new WindowLatency('acme')
    const now = engine.clock.now()
    expect(latency.p95(fleet, now, 5 * MINUTE_MS)).toBeCloseTo(400, -2)
    expect(latency.p95(fleet, now, 60 * MINUTE_MS)).toBeCloseTo(2_000, -2)
  })

  it('is worked out anew within five seconds, and meanwhile stays', () => {
    const { fleet, see, drift, add, engine } = stageFleet()
    add('acme')
    const latency = new WindowLatency('acme')
    const seen = new Set<number>()
    for (let second = 0; second < 20; second += 1) {
      see({ providerId: 'acme', latencyMs: 100 * 2 ** Math.floor(second / 5) })
      const p95 = latency.p95(fleet, engine.clock.now(), 5 * MINUTE_MS)
      if (p95 !== null) seen.add(p95)
      drift(1_000)
    }
    expect(seen.size).toBeGreaterThanOrEqual(4)
    expect(seen.size).toBeLessThanOrEqual(5)
  })

  it('is worked out by many at different times', () => {
    const { fleet, see, add, engine } = stageFleet()
    const ids = Array.from({ length: 100 }, (_, place) => `acme-${place}`)
    for (const id of ids) add(id)
    for (const id of ids) see({ providerId: id, latencyMs: 100 })
    const latencies = ids.map((id) => new WindowLatency(id))
    const now = engine.clock.now()
    for (const latency of latencies) latency.p95(fleet, now, 5 * MINUTE_MS)
    for (const id of ids) see({ providerId: id, latencyMs: 5_000 }, { providerId: id, latencyMs: 5_000 })
    const anew = (at: number) =>
      latencies.filter((latency) => (latency.p95(fleet, at, 5 * MINUTE_MS) ?? 0) > 1_000).length
    expect(anew(now)).toBe(0)
    expect(anew(now + 1_000)).toBeGreaterThan(5)
    expect(anew(now + 1_000)).toBeLessThan(50)
    expect(anew(now + 5_000)).toBe(100)
  })

  it('is null without a success, and of whom nobody knows', () => {
    const { fleet, add } = stageFleet()
    add('acme')
    expect(new WindowLatency('acme').p95(fleet, T0, MINUTE_MS)).toBeNull()
    expect(new WindowLatency('nobody').p95(fleet, T0, MINUTE_MS)).toBeNull()
  })
})
