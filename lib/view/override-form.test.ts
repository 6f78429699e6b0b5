import { describe, expect, it } from 'vitest'
import { setOverrideSchema, type CircuitSnapshot } from '#lib/contract/circuit.ts'
import {
  automaticStateLine,
  EMPTY_OVERRIDE_FORM,
  endAllowed,
  overrideEffects,
  overrideEndsAt,
  overrideRequest,
  releaseEffect,
  withMode,
} from './override-form.ts'

const NOW = Date.parse('2026-01-31T12:00:00Z')
const iso = (offsetMs: number) => new Date(NOW + offsetMs).toISOString()

const circuit: CircuitSnapshot = {
  providerId: 'azure-eu',
  model: null,
  state: 'closed',
  effective: 'closed',
  override: null,
  cooling: null,
  consecutiveFailures: 0,
  window: { calls: 0, failures: 0, slow: 0 },
  openedAt: null,
  retryAt: null,
  openings: 0,
  trials: { inFlight: 0, succeeded: 0, allowed: 3 },
  since: iso(-240_000),
  tripsLast24h: 0,
  generation: 1,
  trips: { failureThreshold: 5, failureRate: 0.5, minCalls: 10, windowMs: 60_000 },
}

const until = (text: string) =>
  ({ ...EMPTY_OVERRIDE_FORM, reason: 'planned work', end: 'until', until: text }) as const

describe('the end of an override', () => {
  it('is an hour from now unless chosen', () => {
    expect(overrideEndsAt(EMPTY_OVERRIDE_FORM, NOW, 'UTC')).toBe(NOW + 3_600_000)
    expect(overrideRequest(EMPTY_OVERRIDE_FORM, NOW, 'UTC').ttl).toBe('1h')
  })

  it('reads a chosen time in the zone that is shown', () => {
    expect(overrideEndsAt(until('2026-01-31T13:30'), NOW, 'UTC')).toBe(NOW + 90 * 60_000)
    expect(overrideEndsAt(until('2026-01-31T13:30'), NOW, 'Asia/Tokyo')).toBe(NOW - 450 * 60_000)
    // An hour before the clocks go forward: the offset at the end counts, not the one at that time in UTC.
    expect(overrideEndsAt(until('2026-03-29T01:30'), NOW, 'Europe/Berlin')).toBe(
      Date.parse('2026-03-29T00:30:00Z'),
    )
    expect(overrideEndsAt(until('2026-03-29T03:10'), NOW, 'Europe/Berlin')).toBe(
      Date.parse('2026-03-29T01:10:00Z'),
    )
    expect(overrideRequest(until('2026-01-31T13:30'), NOW, 'UTC').ttl).toBe('90m')
  })

  it.each([
    ['a time in the past', '2026-01-31T11:00'],
    ['no time at all', ''],
  ])('refuses %s at the end field', (_why, text) => {
    const parsed = setOverrideSchema.safeParse(overrideRequest(until(text), NOW, 'UTC'))
    expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toContain('ttl')
  })

  it('of forced closed is within the hour, and 4 h falls back to it', () => {
    expect(endAllowed('forced_closed', '4h')).toBe(false)
    expect(endAllowed('forced_closed', '1h')).toBe(true)
    expect(endAllowed('forced_open', '4h')).toBe(true)
    expect(withMode({ ...EMPTY_OVERRIDE_FORM, end: '4h' }, 'forced_closed').end).toBe('1h')
    expect(withMode({ ...EMPTY_OVERRIDE_FORM, end: '4h' }, 'shadow').end).toBe('4h')
  })
})

describe('overrideRequest', () => {
  it('carries the typed name only when one was typed', () => {
    expect(overrideRequest(EMPTY_OVERRIDE_FORM, NOW, 'UTC')).not.toHaveProperty('confirm')
    expect(overrideRequest({ ...EMPTY_OVERRIDE_FORM, confirm: 'azure-eu' }, NOW, 'UTC').confirm).toBe(
      'azure-eu',
    )
  })
})

describe('overrideEffects', () => {
  it.each([
    [0.5, '75'],
    [0.8, '90'],
  ])('says when forced closed releases itself at a trip rate of %d', (failureRate, percent) => {
    const effects = overrideEffects('azure-eu', { ...circuit, trips: { ...circuit.trips, failureRate } })
    expect(effects.forced_closed).toContain(`${percent}\u202f% of calls fail for 2 min (of at least 10)`)
  })
})

describe('automaticStateLine', () => {
  it('says state, age and the reason', () => {
    expect(automaticStateLine(circuit, NOW)).toBe('Closed for 4\u202fmin')
    const open = { ...circuit, state: 'open', retryAt: iso(38_000), consecutiveFailures: 8 } as const
    expect(automaticStateLine(open, NOW)).toBe(
      'Open for 4\u202fmin · next trial in 38\u202fs · 8 failures in a row',
    )
    const halfOpen = {
      ...circuit,
      state: 'half_open',
      trials: { inFlight: 1, succeeded: 1, allowed: 3 },
    } as const
    expect(automaticStateLine(halfOpen, NOW)).toBe('Half-open for 4\u202fmin · 1 trial succeeded')
    const cooling = { ...circuit, cooling: { until: iso(20_000), reason: '429' } }
    expect(automaticStateLine(cooling, NOW)).toBe('Closed for 4\u202fmin · cooling for 20\u202fs')
  })
})

describe('releaseEffect', () => {
  const override = {
    mode: 'forced_open',
    actor: 'ops-1',
    reason: 'x',
    since: iso(-1),
    until: iso(1),
  } as const
  it('says what traffic meets afterwards', () => {
    expect(releaseEffect('azure-eu', { ...circuit, override })).toContain('again at once')
    expect(releaseEffect('azure-eu', { ...circuit, override, state: 'open' })).toContain('no request is sent')
    expect(releaseEffect('azure-eu', { ...circuit, override, state: 'half_open' })).toContain('trial calls')
    expect(releaseEffect('azure-eu', circuit)).toContain('ended meanwhile')
  })
})
