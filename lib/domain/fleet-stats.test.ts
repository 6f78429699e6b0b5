import { describe, expect, it } from 'vitest'
import { fleetStatsSchema } from '#lib/contract/monitor.ts'
import { fleetStats } from './fleet-stats.ts'
import type { HealthStatus } from './health.ts'

const row = (status: HealthStatus, averageLatencyMs: number | null = null, enabled = true) => ({
  status,
  averageLatencyMs,
  enabled,
})

describe('fleetStats', () => {
  it('counts each status and all of them', () => {
    const rows = [
      row('healthy'),
      row('healthy'),
      row('degraded'),
      row('unhealthy'),
      row('unhealthy'),
      row('unhealthy'),
      row('unknown'),
    ]
    expect(fleetStats(rows)).toEqual({
      totalProviders: 7,
      healthyProviders: 2,
      degradedProviders: 1,
      unhealthyProviders: 3,
      unknownProviders: 1,
      averageLatencyMs: null,
    })
  })

  it('Health 1: averages over providers that have a latency, those alone', () => {
    expect(fleetStats([row('healthy', 100), row('unknown', null), row('unhealthy', 300)])).toMatchObject({
      totalProviders: 3,
      averageLatencyMs: 200,
    })
    expect(fleetStats([row('healthy', 0), row('healthy', 100)]).averageLatencyMs).toBe(50)
  })

  it('leaves disabled providers out of every figure', () => {
    expect(fleetStats([row('healthy', 100), row('unknown', 900, false)])).toEqual({
      totalProviders: 1,
      healthyProviders: 1,
      degradedProviders: 0,
      unhealthyProviders: 0,
      unknownProviders: 0,
      averageLatencyMs: 100,
    })
  })

  it('knows no latency of an empty fleet', () => {
    expect(fleetStats([])).toMatchObject({ totalProviders: 0, averageLatencyMs: null })
  })

  it('has the shape that goes over the wire', () => {
    expect(fleetStatsSchema.parse(fleetStats([row('healthy', 12.5)]))).toEqual(
      fleetStats([row('healthy', 12.5)]),
    )
  })
})
