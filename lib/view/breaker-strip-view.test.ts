import { describe, expect, it } from 'vitest'
import type { FleetEventRecord, OverrideView } from '#lib/contract/circuit.ts'
import type { CircuitState } from '#lib/domain/circuit.ts'
import { type BreakerStripInput, breakerStripView } from './breaker-strip-view.ts'

const FROM = Date.UTC(2026, 0, 31, 11)
const MINUTE = 60_000
const NOW = FROM + 60 * MINUTE
const iso = (at: number) => new Date(at).toISOString()
const minute = (n: number) => FROM + n * MINUTE

const transition = (at: number, from: CircuitState, to: CircuitState): FleetEventRecord => ({
  kind: 'transition',
  id: `t-${at}-${to}`,
  providerId: 'azure-eu',
  model: null,
  at: iso(at),
  from,
  to,
  cause: to === 'open' ? 'consecutive_failures' : to === 'closed' ? 'trial_succeeded' : 'recovery_timeout',
  evidence: { calls: 9, failures: 5, slow: 0, consecutiveFailures: 5, lastErrors: ['connect timeout'] },
  actor: 'switchyard',
  reason: null,
  retryAt: null,
  persisted: true,
})

const override = (since: number, until: number): OverrideView => ({
  mode: 'forced_open',
  actor: 'ops-1',
  reason: 'provider maintenance',
  since: iso(since),
  until: iso(until),
})

const overrideEvent = (
  at: number,
  phase: 'set' | 'released' | 'expired',
  over: OverrideView,
): FleetEventRecord => ({
  kind: 'override',
  id: `o-${at}-${phase}`,
  providerId: 'azure-eu',
  model: null,
  at: iso(at),
  phase,
  override: over,
  actor: 'ops-1',
  reason: null,
  persisted: true,
})

const cooling = (at: number, until: number): FleetEventRecord => ({
  kind: 'cooling',
  id: `c-${at}`,
  providerId: 'azure-eu',
  model: null,
  at: iso(at),
  until: iso(until),
  reason: '429, retry after 30 s',
  persisted: true,
})

const view = (over: Partial<BreakerStripInput> = {}) =>
  breakerStripView({
    from: FROM,
    to: NOW,
    now: NOW,
    zone: 'UTC',
    providerId: 'azure-eu',
    model: null,
    initial: [],
    events: [],
    current: null,
    knownSince: null,
    ...over,
  })

const spans = (over: Partial<BreakerStripInput>) =>
  view(over).segments.map(({ state, from, to }) => [state, (from - FROM) / MINUTE, (to - FROM) / MINUTE])

describe('the segments of a breaker strip', () => {
  it('knows nothing where nothing is on record', () => {
    expect(spans({})).toEqual([['unknown', 0, 60]])
    expect(view().summary).toBe('No state of this circuit is on record in this range.')
  })

  it('starts with what held at the begin of the range', () => {
    const initial = [transition(FROM - MINUTE, 'closed', 'open')]
    expect(spans({ initial, events: [transition(minute(10), 'open', 'half_open')] })).toEqual([
      ['open', 0, 10],
      ['half_open', 10, 60],
    ])
  })

  it('does not depend on the order the events come in', () => {
    const events = [transition(minute(30), 'open', 'half_open'), transition(minute(20), 'closed', 'open')]
    const initial = [transition(FROM - MINUTE, 'half_open', 'closed')]
    expect(spans({ initial, events })).toEqual([
      ['closed', 0, 20],
      ['open', 20, 30],
      ['half_open', 30, 60],
    ])
  })

  it('is unknown before the first transition of a circuit whose begin is not known', () => {
    expect(spans({ events: [transition(minute(20), 'closed', 'open')] })).toEqual([
      ['unknown', 0, 20],
      ['open', 20, 60],
    ])
  })

  it('takes the state that the first transition left back to the circuit’s begin, and no further', () => {
    expect(spans({ events: [transition(minute(20), 'closed', 'open')], knownSince: minute(5) })).toEqual([
      ['unknown', 0, 5],
      ['closed', 5, 20],
      ['open', 20, 60],
    ])
    expect(spans({ events: [transition(minute(20), 'closed', 'open')], knownSince: FROM - MINUTE })).toEqual([
      ['closed', 0, 20],
      ['open', 20, 60],
    ])
  })

  it('without any transition shows the present state since it began', () => {
    const current = { state: 'closed' as const, since: iso(minute(40)), override: null }
    expect(spans({ current })).toEqual([
      ['unknown', 0, 40],
      ['closed', 40, 60],
    ])
    expect(spans({ current: { ...current, since: iso(FROM - MINUTE) } })).toEqual([['closed', 0, 60]])
  })

  it('does not guess before the oldest event when older ones were left out', () => {
    const initial = [transition(FROM - MINUTE, 'half_open', 'closed')]
    expect(spans({ initial, events: [transition(minute(20), 'closed', 'open')], truncated: true })).toEqual([
      ['unknown', 0, 20],
      ['open', 20, 60],
    ])
  })

  it('takes a transition from before the range for what held at its begin', () => {
    const events = [transition(FROM - MINUTE, 'closed', 'open'), transition(minute(10), 'open', 'half_open')]
    expect(spans({ events, knownSince: 0 })).toEqual([
      ['open', 0, 10],
      ['half_open', 10, 60],
    ])
  })

  it('draws nothing after now', () => {
    const initial = [transition(FROM - MINUTE, 'closed', 'open')]
    expect(spans({ initial, now: minute(30) })).toEqual([['open', 0, 30]])
  })

  it('leaves other circuits out', () => {
    const theirs: FleetEventRecord = {
      ...transition(minute(20), 'closed', 'open'),
      model: 'gpt-4o',
    } as FleetEventRecord
    const initial = [transition(FROM - MINUTE, 'half_open', 'closed')]
    expect(spans({ initial, events: [theirs] })).toEqual([['closed', 0, 60]])
    expect(view({ initial, events: [theirs] }).events).toEqual([])
  })

  it('goes through a reset that changes nothing, but keeps it as a happening', () => {
    const initial = [transition(FROM - MINUTE, 'half_open', 'closed')]
    const events = [transition(minute(20), 'closed', 'closed')]
    expect(spans({ initial, events })).toEqual([['closed', 0, 60]])
    expect(view({ initial, events }).events).toHaveLength(1)
  })

  it('keeps every opening, also one of 3 s and one of no time at all', () => {
    const events = [
      transition(minute(20), 'closed', 'open'),
      transition(minute(20) + 3_000, 'open', 'half_open'),
      transition(minute(20) + 3_000, 'half_open', 'open'),
      transition(minute(20) + 3_000, 'open', 'half_open'),
      transition(minute(21), 'half_open', 'closed'),
    ].map((event, i) => ({ ...event, id: String(i) }))
    const { segments } = view({ events, knownSince: 0 })
    expect(segments.filter(({ state }) => state === 'open')).toHaveLength(2)
  })

  it('paints the shortest last, so that a long neighbour cannot cover it', () => {
    const events = [
      transition(minute(20), 'closed', 'open'),
      transition(minute(20) + 3_000, 'open', 'half_open'),
      transition(minute(25), 'half_open', 'closed'),
    ]
    const { painted } = view({ events, knownSince: 0 })
    expect(painted.map(({ state }) => state)).toEqual(['closed', 'closed', 'half_open', 'open'])
  })

  it('survives a range of years', () => {
    const events = [
      transition(minute(20), 'closed', 'open'),
      transition(minute(20) + 3_000, 'open', 'half_open'),
    ]
    const [unknown, , open] = view({ from: 0, events, knownSince: FROM }).segments
    expect(unknown?.width).toBeGreaterThan(0.99)
    expect(open).toMatchObject({ state: 'open' })
    expect(open?.x).toBeLessThanOrEqual(1)
  })
})

describe('overrides and cooling on a breaker strip', () => {
  const halves = (over: Partial<BreakerStripInput>) =>
    view(over).overrides.map(({ from, to, ongoing }) => [
      (from - FROM) / MINUTE,
      (to - FROM) / MINUTE,
      ongoing,
    ])

  it('reach from set to released', () => {
    const over = override(minute(10), minute(50))
    const events = [overrideEvent(minute(10), 'set', over), overrideEvent(minute(20), 'released', over)]
    expect(halves({ events })).toEqual([[10, 20, false]])
  })

  it('end at their time when no end is on record, and go on while it is ahead', () => {
    expect(halves({ events: [overrideEvent(minute(10), 'set', override(minute(10), minute(25)))] })).toEqual([
      [10, 25, false],
    ])
    expect(halves({ events: [overrideEvent(minute(10), 'set', override(minute(10), minute(90)))] })).toEqual([
      [10, 60, true],
    ])
  })

  it('end when another one is laid over them', () => {
    const events = [
      overrideEvent(minute(10), 'set', override(minute(10), minute(55))),
      overrideEvent(minute(30), 'set', override(minute(30), minute(40))),
    ]
    expect(halves({ events })).toEqual([
      [10, 30, false],
      [30, 40, false],
    ])
  })

  it('begin at the left edge when they were set before it', () => {
    const over = override(FROM - MINUTE, minute(50))
    expect(halves({ events: [overrideEvent(minute(20), 'released', over)] })).toEqual([[0, 20, false]])
    expect(halves({ initial: [overrideEvent(FROM - MINUTE, 'set', over)] })).toEqual([[0, 50, false]])
    expect(halves({ current: { state: 'closed', since: iso(FROM), override: over } })).toEqual([
      [0, 50, false],
    ])
  })

  it('say who and why', () => {
    const over = override(minute(10), minute(50))
    const [shown] = view({ events: [overrideEvent(minute(10), 'set', over)] }).overrides
    expect(shown?.title).toContain('Forced open by ops-1: provider maintenance')
  })

  it('merge coolings whose deadline only moved later', () => {
    const events = [
      cooling(minute(10), minute(20)),
      cooling(minute(15), minute(30)),
      cooling(minute(50), minute(70)),
    ]
    const shown = (of: FleetEventRecord[]) =>
      view({ events: of }).coolings.map(({ from, to }) => [(from - FROM) / MINUTE, (to - FROM) / MINUTE])
    expect(shown(events)).toEqual([
      [10, 30],
      [50, 60],
    ])
    expect(shown([cooling(minute(10), minute(30)), cooling(minute(15), minute(20))])).toEqual([[10, 30]])
  })
})

describe('the words of a breaker strip', () => {
  it('tell each segment’s state, cause and length', () => {
    const { segments } = view({ events: [transition(minute(20), 'closed', 'open')], knownSince: 0 })
    expect(segments[0]?.title).toMatch(/^Closed, 11:00:00 to 11:20:00 \(20.min\)$/)
    expect(segments[1]?.title).toMatch(
      /^Open \(5 failures in a row: connect timeout\), since 11:20:00 \(40.min\)$/,
    )
  })

  it('sum up openings, time open, and the state now', () => {
    const events = [
      transition(minute(20), 'closed', 'open'),
      transition(minute(21), 'open', 'half_open'),
      transition(minute(22), 'half_open', 'open'),
      transition(minute(24), 'open', 'closed'),
    ]
    expect(view({ events, knownSince: 0 }).summary).toMatch(/^Open 2 times, 3.min in all; closed now\.$/)
    expect(view({ initial: [transition(0, 'half_open', 'closed')] }).summary).toBe('Closed throughout.')
  })

  it('name every happening, in order of time, at its place', () => {
    const events = [cooling(minute(30), minute(31)), transition(minute(15), 'closed', 'open')]
    expect(view({ events }).events.map(({ x, label }) => [x, label])).toEqual([
      [0.25, '11:15:00 opened: 5 failures in a row: connect timeout'],
      [0.5, '11:30:00 cooling: 429, retry after 30\u202fs'],
    ])
  })
})

describe('a circuit in shadow', () => {
  const shadow = (since: number, until: number): OverrideView => ({
    ...override(since, until),
    mode: 'shadow',
  })
  const opened = [
    transition(minute(10), 'closed', 'open'),
    transition(minute(20), 'open', 'half_open'),
    transition(minute(25), 'half_open', 'closed'),
  ]
  const judged = (events: FleetEventRecord[]) =>
    view({ events, knownSince: FROM }).segments.map(({ state, shadow, from, to }) => [
      state,
      shadow,
      (from - FROM) / MINUTE,
      (to - FROM) / MINUTE,
    ])

  it('only would have been open, and says so', () => {
    const events = [overrideEvent(minute(5), 'set', shadow(minute(5), minute(40))), ...opened]
    expect(judged(events)).toEqual([
      ['closed', false, 0, 10],
      ['open', true, 10, 20],
      ['half_open', true, 20, 25],
      ['closed', false, 25, 60],
    ])
    const { segments, summary } = view({ events, knownSince: FROM })
    expect(segments[1]?.title).toMatch(
      /^Would have been open \(5 failures in a row: connect timeout\), 11:10:00/,
    )
    expect(summary).toMatch(/^Never open; would have opened once, 10.min in all; closed now; in shadow/)
  })

  it('is open where the shadow has not begun or is over', () => {
    const events = [overrideEvent(minute(12), 'set', shadow(minute(12), minute(15))), ...opened]
    expect(judged(events).slice(1, 4)).toEqual([
      ['open', false, 10, 12],
      ['open', true, 12, 15],
      ['open', false, 15, 20],
    ])
  })

  it('is not what another override makes of it', () => {
    const events = [overrideEvent(minute(5), 'set', override(minute(5), minute(40))), ...opened]
    expect(judged(events).every(([, isShadow]) => isShadow === false)).toBe(true)
  })
})

describe('a strip over a very long range', () => {
  it('paints one of many openings that fall on one pixel, and counts them all', () => {
    const events = Array.from({ length: 400 }, (_, i) => [
      transition(minute(30) + i * 20, 'closed', 'open'),
      transition(minute(30) + i * 20 + 10, 'open', 'closed'),
    ]).flat()
    const { painted, segments, summary } = view({ events, knownSince: FROM })
    expect(segments.length).toBeGreaterThan(700)
    expect(painted.length).toBeLessThan(20)
    expect(painted.some(({ state }) => state === 'open')).toBe(true)
    expect(summary).toContain('400 times')
  })
})
