import { describe, expect, it } from 'vitest'
import { check } from '#lib/adapters/storage/test-records.ts'
import { route } from '#lib/adapters/storage/test-routing-records.ts'
import type { RequestOutcome } from '../metrics/route-counts.ts'
import { dropRoute, liveRoute, putRoute } from '../routing/routing.ts'
import { stageFleet, T0 } from '../stage-fleet.fixture.ts'
import { WindowCounts } from './window-counts.ts'

const MINUTES_5 = 300_000
const NOW = T0 + 60_000
const REQUEST = { attempts: 1, failedOver: false, panic: false }

function stage() {
  const staged = stageFleet()
  staged.add('acme')
  const counts = new WindowCounts()
  return { ...staged, counts, windows: (now = NOW) => counts.at(now, staged.fleet) }
}

describe('the windows of a provider', () => {
  it('weigh checks and traffic by the calls they stand for, and leave out what is nobody’s failure', () => {
    const { counts, windows } = stage()
    counts.recordCheck(check({ at: NOW, class: 'ok' }))
    counts.recordCheck(check({ at: NOW, class: 'provider_error', source: 'passive', count: 4 }))
    counts.recordCheck(check({ at: NOW, class: 'client_error', source: 'passive', count: 7 }))
    counts.recordCheck(check({ at: NOW, class: null, skipped: 'budget_spent' }))
    expect(windows().windowOf('provider:acme', MINUTES_5)).toMatchObject({ ok: 1, failed: 4 })
    expect(windows(NOW + MINUTES_5).trafficIn('provider:acme', MINUTES_5)).toBe(11)
  })

  it('have the latency of the last five minutes, and null without a success', () => {
    const { counts, windows, see } = stage()
    see({ providerId: 'acme', latencyMs: 400 })
    counts.recordCheck(check({ at: NOW }))
    expect(windows().windowOf('provider:acme', MINUTES_5)?.p95Ms).toBeCloseTo(400, -2)
    counts.recordCheck(check({ at: NOW, providerId: 'beta', class: 'provider_error' }))
    expect(windows().windowOf('provider:beta', MINUTES_5)).toEqual({ ok: 0, failed: 1, p95Ms: null })
  })

  it('are null for who has never been called', () => {
    const { windows } = stage()
    expect(windows().windowOf('provider:acme', MINUTES_5)).toBeNull()
    expect(windows().trafficIn('provider:acme', MINUTES_5)).toBeNull()
  })

  it('say nothing of traffic before they have watched for as long', () => {
    const { counts, windows } = stage()
    counts.recordCheck(check({ at: NOW }))
    expect(windows(NOW + MINUTES_5 - 1).trafficIn('provider:acme', MINUTES_5)).toBeNull()
    expect(windows(NOW + MINUTES_5).trafficIn('provider:acme', MINUTES_5)).toBe(0)
  })
})

describe('the windows of a route', () => {
  it('take in what its requests came to since they last looked, each once', () => {
    const { engine, counts, windows } = stage()
    putRoute(engine.routing, route('chat'))
    const chat = liveRoute(engine.routing, route('chat')).counts
    const request = (outcome: RequestOutcome) => chat.countRequest({ ...REQUEST, outcome })
    request('ok')
    request('none_eligible')
    counts.sampleRoutes(engine, NOW)
    counts.sampleRoutes(engine, NOW)
    expect(windows().windowOf('route:chat', MINUTES_5)).toEqual({ ok: 1, failed: 1, p95Ms: null })
    request('client_error')
    counts.sampleRoutes(engine, NOW + 1_000)
    expect(windows(NOW + 1_000).windowOf('route:chat', MINUTES_5)).toEqual({ ok: 1, failed: 1, p95Ms: null })
    expect(windows(NOW + MINUTES_5).trafficIn('route:chat', MINUTES_5)).toBe(3)
  })
})

describe('a route that is made anew under its name', () => {
  it('begins at nothing, and is not what it was less what it had been', () => {
    const { engine, counts, windows } = stage()
    const request = (outcome: RequestOutcome) =>
      liveRoute(engine.routing, route('chat')).counts.countRequest({ ...REQUEST, outcome })
    putRoute(engine.routing, route('chat'))
    for (let made = 0; made < 5; made += 1) request('ok')
    counts.sampleRoutes(engine, NOW)
    dropRoute(engine.routing, 'chat')
    putRoute(engine.routing, route('chat'))
    for (let made = 0; made < 2; made += 1) request('provider_error')
    counts.sampleRoutes(engine, NOW + 1_000)
    expect(windows(NOW + 1_000).windowOf('route:chat', MINUTES_5)).toMatchObject({ ok: 5, failed: 2 })
  })
})

describe('what is gone', () => {
  it('is forgotten, and begins anew under the same name', () => {
    const { engine, counts, windows } = stage()
    counts.recordCheck(check({ at: NOW }))
    counts.recordCheck(check({ at: NOW, providerId: 'beta' }))
    counts.forget(engine)
    expect(windows().windowOf('provider:beta', MINUTES_5)).toBeNull()
    expect(windows().windowOf('provider:acme', MINUTES_5)).toMatchObject({ ok: 1 })
  })
})
