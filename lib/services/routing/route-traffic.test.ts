import { describe, expect, it } from 'vitest'
import { RouteTraffic } from './route-traffic.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const T0 = Date.parse('2026-03-01T12:00:00Z')
const nothing = { failed: false, failedOver: false, panics: false, noneEligible: false }

describe('a route’s traffic', () => {
  it('is told by the hour, and for the hour before', () => {
    const traffic = new RouteTraffic()
    traffic.countChoice(T0 - 90 * MINUTE, 'acme')
    traffic.countChoice(T0 - 54 * MINUTE, 'blue')
    traffic.countChoice(T0, 'acme')
    traffic.countChoice(T0, 'acme')
    expect(traffic.choices(T0, 0)).toEqual(
      new Map([
        ['acme', 2],
        ['blue', 1],
      ]),
    )
    expect(traffic.choices(T0, 1)).toEqual(new Map([['acme', 1]]))
    expect(traffic.choices(T0 + HOUR, 1)).toEqual(traffic.choices(T0, 0))
    expect(traffic.choices(T0 + 3 * HOUR, 1)).toEqual(new Map())
  })

  it('counts each request once, under all that is true of it', () => {
    const traffic = new RouteTraffic()
    traffic.countRequest(T0, nothing)
    traffic.countRequest(T0, { ...nothing, failed: true, failedOver: true })
    traffic.countRequest(T0, { ...nothing, panics: true })
    traffic.countRequest(T0, { ...nothing, failed: true, noneEligible: true })
    traffic.countRequest(T0 - 2 * HOUR, nothing)
    expect(traffic.requests(T0)).toEqual({ count: 4, failed: 2, failedOver: 1, panics: 1, noneEligible: 1 })
  })

  it('judges a variant by what counts for health, and times its successes', () => {
    const traffic = new RouteTraffic()
    expect(traffic.variant(T0, 'new')).toEqual({ count: 0, successRate: null, averageLatencyMs: null })
    traffic.countVariant(T0, 'new', { class: 'ok', latencyMs: 100 })
    traffic.countVariant(T0, 'new', { class: 'ok', latencyMs: 300 })
    traffic.countVariant(T0, 'new', { class: 'provider_error', latencyMs: 5 })
    traffic.countVariant(T0, 'new', { class: 'cancelled', latencyMs: 5 })
    traffic.countVariant(T0, 'old', { class: 'client_error', latencyMs: 5 })
    expect(traffic.variant(T0, 'new')).toEqual({ count: 4, successRate: 2 / 3, averageLatencyMs: 200 })
    expect(traffic.variant(T0, 'old')).toEqual({ count: 1, successRate: null, averageLatencyMs: null })
  })
})
