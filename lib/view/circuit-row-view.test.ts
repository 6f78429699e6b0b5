import { describe, expect, it } from 'vitest'
import { circuitRowView, circuitsHeadline, orderCircuits, type NamedCircuit } from './circuit-row-view.ts'

const AT = '2026-01-31T12:00:00.000Z'

const circuit = (name: string, more: Partial<NamedCircuit> = {}): NamedCircuit => ({
  providerId: name,
  name,
  model: null,
  state: 'closed',
  effective: 'closed',
  override: null,
  cooling: null,
  consecutiveFailures: 0,
  window: { calls: 40, failures: 12, slow: 0 },
  openedAt: null,
  retryAt: null,
  openings: 0,
  trials: { inFlight: 0, succeeded: 0, allowed: 3 },
  since: AT,
  tripsLast24h: 0,
  generation: 0,
  trips: { failureThreshold: 5, failureRate: 0.5, minCalls: 10, windowMs: 60_000 },
  ...more,
})

const override = { mode: 'forced_open', actor: 'ops-1', reason: 'invoice', since: AT, until: AT } as const
const plain = (text: string) => text.replaceAll('\u202f', ' ')
const view = (more: Partial<NamedCircuit>) => circuitRowView(circuit('a', more), 2)
const windowOf = (calls: number, failures: number) => {
  const { window } = view({ window: { calls, failures, slow: 0 } })
  return window && plain(`${window.text} (${window.tripsAt})`)
}

describe('a circuit’s row', () => {
  it('gives the window as counts and rate, and what would trip it', () => {
    expect(windowOf(40, 12)).toBe('12/40 = 30 % (trips at 50 %)')
    expect(plain(view({}).limits)).toBe(
      'Trips at 50 % of at least 10 calls in 1 min, or at 5 failures in a row',
    )
    const { trips } = circuit('a', {})
    const first = { ...trips, failureThreshold: 1, minCalls: 1 }
    expect(plain(view({ trips: first }).limits)).toBe(
      'Trips at 50 % of at least 1 call in 1 min, or at 1 failure',
    )
    expect(view({}).trips).toBe('none')
  })

  it('gives no rate of too few calls', () => {
    expect(windowOf(9, 9)).toBe('9/9 (no rate below 10)')
    expect(windowOf(10, 9)).toBe('9/10 = 90 % (trips at 50 %)')
    expect(windowOf(0, 0)).toBeNull()
  })

  it('keeps the automatic state and what is in force apart', () => {
    expect(view({}).effective).toBeNull()
    expect(view({ state: 'closed', effective: 'open', override })).toMatchObject({
      automatic: { icon: 'closed', words: 'Closed' },
      effective: { icon: 'override', words: 'Forced open: admits nothing' },
    })
    expect(view({ effective: 'cooling' }).effective).toEqual({
      icon: 'cooling',
      words: 'Cooling: admits nothing',
    })
  })

  it.each<[string, Partial<NamedCircuit>, string | null]>([
    ['closed and well', {}, null],
    ['closed and failing', { consecutiveFailures: 3 }, '3 of 5 failures in a row'],
    ['open', { state: 'open', effective: 'open', retryAt: AT }, 'next trial in '],
    [
      'half-open',
      { state: 'half_open', effective: 'half_open', trials: { inFlight: 1, succeeded: 1, allowed: 3 } },
      '1 of 2 trials succeeded, 1 of 3 trying',
    ],
    ['cooling', { effective: 'cooling', cooling: { until: AT, reason: 'rate limited' } }, 'cooling, '],
  ])('%s: how far it is', (_why, more, before) => {
    expect(view(more).progress?.before ?? null).toBe(before)
  })
})

describe('the list of circuits', () => {
  const open = circuit('open', { state: 'open', effective: 'open' })
  const trying = circuit('trying', { state: 'half_open', effective: 'half_open' })
  const held = circuit('held', { override, effective: 'open' })
  const cools = circuit('cools', { effective: 'cooling', cooling: { until: AT, reason: '429' } })
  const tripped = circuit('tripped', { tripsLast24h: 2 })
  const fine = circuit('fine')

  it('has what is open, trying, held or cooling first, then what tripped lately', () => {
    const ordered = orderCircuits([fine, tripped, cools, held, trying, open])
    expect(ordered.map(({ name }) => name)).toEqual(['open', 'trying', 'held', 'cools', 'tripped', 'fine'])
  })

  it('orders a provider before its models, and the same however they came', () => {
    const all = [fine, circuit('fine', { model: 'gpt-4o' }), open]
    expect(orderCircuits(all.toReversed())).toEqual(orderCircuits(all))
    expect(orderCircuits(all).map(({ model }) => model)).toEqual([null, null, 'gpt-4o'])
  })

  it('is summed up in a sentence', () => {
    expect(circuitsHeadline([])).toBe('No circuit yet')
    expect(circuitsHeadline([fine, tripped])).toBe('All 2 circuits are closed')
    expect(circuitsHeadline([open, trying, held, cools, fine])).toBe(
      '1 of 5 circuits is open, 1 half-open, 1 cooling, 1 held by operators',
    )
  })
})
