import { describe, expect, it } from 'vitest'
import type { Check } from '#lib/contract/check.ts'
import { checkSummary } from './check-summary.ts'

const check: Check = {
  id: '1',
  providerId: 'a',
  at: '2026-01-01T00:00:00.000Z',
  class: 'ok',
  source: 'active',
  model: null,
  latencyMs: 412,
  phases: { dnsMs: 1, connectMs: 12, tlsMs: null, firstByteMs: 400 },
  httpStatus: 200,
  kind: null,
  error: null,
  skipped: null,
  count: 1,
}

describe('checkSummary', () => {
  it('tells a success with its phases, and leaves out what was not measured', () => {
    const { tone, title, facts } = checkSummary(check)
    expect([tone, title]).toEqual(['ok', 'The check succeeded in 412\u202fms'])
    expect(facts.map(({ name }) => name)).toEqual([
      'HTTP status',
      'Name lookup',
      'Connect',
      'First byte',
      'Whole',
    ])
  })

  it('tells a failure in the words of the error', () => {
    const failed = {
      ...check,
      class: 'provider_error',
      kind: 'refused',
      error: 'connect refused',
      httpStatus: null,
    } as const
    expect(checkSummary(failed)).toMatchObject({ tone: 'bad', title: 'The check failed: connect refused' })
    expect(checkSummary({ ...failed, error: null }).title).toBe('The check failed: connect refused')
    const refused = { ...failed, class: 'credentials', kind: null, error: null } as const
    expect(checkSummary(refused).title).toBe('The check failed: credentials refused')
    expect(checkSummary({ ...refused, httpStatus: 401 }).title).toBe('The check failed: 401 unauthorized')
    expect(checkSummary(refused).facts[0]).toEqual({ name: 'Outcome', value: 'Credentials refused' })
    expect(checkSummary(failed).facts[0]).toEqual({ name: 'Outcome', value: 'Provider error' })
  })

  it('does not blame the provider for our own fault or a limit', () => {
    expect(checkSummary({ ...check, class: 'internal', error: 'loop stalled' }).tone).toBe('warn')
    const refused = {
      ...check,
      class: 'internal',
      kind: 'refused_by_policy',
      error: 'refused by policy: x',
    } as const
    expect(checkSummary(refused)).toMatchObject({
      tone: 'warn',
      title: 'The check was not made: refused by policy: x',
    })
    expect(checkSummary({ ...check, class: 'rate_limited', error: '429' }).tone).toBe('warn')
  })

  it('says why a check was skipped', () => {
    const skipped = checkSummary({ ...check, class: null, skipped: 'prices_missing' })
    expect(skipped.title).toContain('prices')
    expect(skipped.facts).toEqual([])
  })
})
