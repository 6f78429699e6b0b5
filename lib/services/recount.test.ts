import { describe, expect, it } from 'vitest'
import { memoryStorage } from '#lib/adapters/memory/memory-storage.ts'
import { newHistogram, recordValue } from '#lib/domain/histogram.ts'
import { check } from '#lib/adapters/storage/test-records.ts'
import { recount } from './recount.ts'
import { providerNamed, stageFleet, T0 } from './stage-fleet.fixture.ts'

describe('the counts of the last hour after a start', () => {
  it('weigh every row of history by the calls it stands for', async () => {
    const storage = memoryStorage({ providers: [providerNamed('acme'), providerNamed('beta')] })
    const traffic = { source: 'passive', phases: null } as const
    storage.journal.appendCheck(check({ at: T0 - 1_000, latencyMs: 50 }))
    const latencies = newHistogram()
    recordValue(latencies, 100, 50)
    recordValue(latencies, 300, 47)
    storage.journal.appendCheck(check({ ...traffic, at: T0 - 900, latencyMs: 197, count: 97, latencies }))
    storage.journal.appendCheck(check({ ...traffic, at: T0 - 800, class: 'provider_error', count: 2 }))
    storage.journal.appendCheck(check({ ...traffic, at: T0 - 800, providerId: 'beta', count: 33 }))
    storage.journal.appendCheck(check({ ...traffic, at: T0 - 2 * 3_600_000, count: 1_000 }))
    await storage.journal.close(5_000)
    const { fleet, entry, engine } = stageFleet(storage.reopen())
    await recount(fleet, storage.reader, engine.alerting.counts)
    const figures = entry('acme').hour.figures(T0)
    expect(figures).toMatchObject({ count: 100, successRate: 98 / 100 })
    expect(figures.traffic).toMatchObject({ ok: 97, provider_error: 2 })
    expect(figures.p50Ms).toBeCloseTo(100, -1)
    expect(figures.p95Ms).toBeGreaterThan(290)
    expect(entry('acme').latency.p95(T0)).toBeGreaterThan(290)
    expect(entry('acme').latency.samples(T0)).toBe(98)
    expect(fleet.hour.trafficVolume(T0).lastHour).toBe(132)
  })

  it('fill the windows of alerts too, and nothing that was seen since the start is counted twice', async () => {
    const storage = memoryStorage({ providers: [providerNamed('acme')] })
    storage.journal.appendCheck(check({ at: T0 - 60_000, class: 'provider_error', count: 3 }))
    storage.journal.appendCheck(check({ at: T0 - 60_000, class: null, skipped: 'budget_spent' }))
    storage.journal.appendCheck(check({ at: T0, count: 50 }))
    await storage.journal.close(5_000)
    const { fleet, engine } = stageFleet(storage.reopen())
    const { counts } = engine.alerting
    counts.recordCheck(check({ at: T0 }))
    await recount(fleet, storage.reader, counts)
    expect(counts.at(T0, fleet).windowOf('provider:acme', 300_000)).toMatchObject({ ok: 1, failed: 3 })
    expect(counts.at(T0, fleet).trafficIn('provider:acme', 60_000)).toBe(0)
  })
  it.each([0, 137_000])(
    'fill windows of six hours, each call once, %i ms after a stretch began',
    async (after) => {
      const startAt = T0 + after
      const storage = memoryStorage({ providers: [providerNamed('acme')] })
      for (let minute = 1; minute < 6 * 60; minute += 1)
        storage.journal.appendCheck(
          check({
            at: startAt - minute * 60_000,
            class: minute % 4 === 0 ? 'provider_error' : 'ok',
            source: minute % 2 === 0 ? 'passive' : 'active',
          }),
        )
      await storage.journal.close(5_000)
      const { fleet, engine } = stageFleet(storage.reopen(), startAt)
      await recount(fleet, storage.reader, engine.alerting.counts)
      const windows = engine.alerting.counts.at(startAt, fleet)
      expect(windows.windowOf('provider:acme', 6 * 3_600_000)).toMatchObject({ ok: 270, failed: 89 })
      // Traffic comes in every second minute, and the window takes in the slice in which it begins.
      const traffic = Math.floor((61 * 300_000 + after) / 120_000)
      expect(windows.trafficIn('provider:acme', 5 * 3_600_000 + 180_000)).toBe(traffic)
    },
  )
})
