import { describe, expect, it } from 'vitest'
import type { FleetEventRecord } from '#lib/contract/circuit.ts'
import { ghost, replayed } from './preview.fixture.ts'
import { recordedStrip, replayedStrip } from './replayed-strip.ts'

const range = { providerId: 'a', model: null, from: 0, to: 100_000, recordedFrom: 0, zone: 'UTC' }
const statesOf = (view: ReturnType<typeof replayedStrip>) =>
  view.segments.map(({ state, from, to }) => [state, from / 1_000, to / 1_000])

describe('replayedStrip', () => {
  it('draws what would have been, from the state at the beginning', () => {
    const view = replayedStrip(
      range,
      replayed({}, [ghost(20, 'open'), ghost(50, 'half_open'), ghost(60, 'closed')]),
    )
    expect(statesOf(view)).toEqual([
      ['closed', 0, 20],
      ['open', 20, 50],
      ['half_open', 50, 60],
      ['closed', 60, 100],
    ])
    expect(view.events.map(({ label }) => label)[0]).toBe('00:00:20 opened: 5 failures in a row')
  })

  it('marks all of it that is not closed as a ghost', () => {
    const view = replayedStrip(range, replayed({}, [ghost(20, 'open'), ghost(50, 'half_open')]))
    expect(view.segments.map(({ shadow }) => shadow)).toEqual([false, true, true])
    expect(view.painted.filter(({ shadow }) => shadow)).toHaveLength(2)
    expect(view.segments[1]?.title).toBe(
      'Would have been open (5 failures in a row), 00:00:20 to 00:00:50 (30\u202fs)',
    )
    expect(view.summary).toMatch(/^Would have opened once, 30\u202fs in all; would be half-open/)
  })

  it('keeps to its own circuit', () => {
    const both = replayed({}, [ghost(20, 'open', { model: 'm' }), ghost(40, 'open')])
    expect(statesOf(replayedStrip(range, both))).toEqual([
      ['closed', 0, 40],
      ['open', 40, 100],
    ])
    expect(statesOf(replayedStrip({ ...range, model: 'm' }, both))[1]).toEqual(['open', 20, 100])
  })

  it('begins in the state the circuit was in, and stays there without any transition', () => {
    const initial = [{ model: null, state: 'open' as const }]
    expect(statesOf(replayedStrip(range, { ...replayed(), initial }))).toEqual([['open', 0, 100]])
  })

  it('knows nothing before the records begin, nor without any', () => {
    expect(
      statesOf(replayedStrip({ ...range, recordedFrom: 30_000 }, replayed({}, [ghost(50, 'open')]))),
    ).toEqual([
      ['unknown', 0, 30],
      ['closed', 30, 50],
      ['open', 50, 100],
    ])
    expect(statesOf(replayedStrip({ ...range, recordedFrom: null }, replayed()))).toEqual([
      ['unknown', 0, 100],
    ])
  })

  it('knows nothing beyond the last transition of a list that was cut off', () => {
    const view = replayedStrip(range, {
      ...replayed({}, [ghost(20, 'open'), ghost(50, 'half_open')]),
      truncated: true,
    })
    expect(view.segments.at(-1)?.to).toBe(50_000)
  })
})

describe('recordedStrip', () => {
  const event = (second: number, to: 'open' | 'closed'): FleetEventRecord => ({
    kind: 'transition',
    id: String(second),
    providerId: 'a',
    actor: 'breaker',
    reason: null,
    persisted: true,
    ...ghost(second, to),
    retryAt: null,
    evidence: { calls: 5, failures: 5, slow: 0, consecutiveFailures: 5, lastErrors: ['connect timeout'] },
  })

  it('draws what happened, newest first or not', () => {
    const view = recordedStrip(range, {
      events: [event(60, 'closed'), event(20, 'open')],
      initial: [],
      truncated: false,
    })
    expect(statesOf(view)).toEqual([
      ['closed', 0, 20],
      ['open', 20, 60],
      ['closed', 60, 100],
    ])
    expect(view.segments.every(({ shadow }) => !shadow)).toBe(true)
  })

  it('is closed where nothing ever happened, since the records begin', () => {
    const quiet = { events: [], initial: [], truncated: false }
    expect(statesOf(recordedStrip({ ...range, recordedFrom: 30_000 }, quiet))).toEqual([
      ['unknown', 0, 30],
      ['closed', 30, 100],
    ])
    expect(statesOf(recordedStrip({ ...range, recordedFrom: null }, quiet))).toEqual([['unknown', 0, 100]])
  })
})
