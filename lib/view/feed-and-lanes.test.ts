import { describe, expect, it } from 'vitest'
import type { ActionEvent, CoolingEvent, OverrideEvent, TransitionRecord } from '#lib/contract/circuit.ts'
import type { MarkerEvent } from '#lib/contract/marker.ts'
import { announcement } from './announcements.ts'
import { eventFeed } from './event-feed.ts'
import { lanesFigures, lanesTable } from './lanes-table.ts'
import { lanesView, type LanesInput } from './lanes-view.ts'
import { providerHappenings } from './provider-happenings.ts'

const NOW = Date.UTC(2026, 0, 31, 12)
const MINUTE = 60_000
const ago = (minutes: number) => new Date(NOW - minutes * MINUTE).toISOString()

let nextId = 0
const transition = (
  providerId: string,
  minutes: number,
  to: TransitionRecord['to'],
  more: Partial<TransitionRecord> = {},
): TransitionRecord => ({
  kind: 'transition',
  id: `e${(nextId += 1)}`,
  providerId,
  model: null,
  at: ago(minutes),
  from: to === 'open' ? 'closed' : 'open',
  to,
  cause: to === 'open' ? 'consecutive_failures' : 'recovery_timeout',
  evidence: { calls: 5, failures: 5, slow: 0, consecutiveFailures: 5, lastErrors: ['connect timeout'] },
  actor: 'switchyard',
  reason: null,
  retryAt: null,
  persisted: true,
  ...more,
})

const override = (providerId: string, minutes: number, lastsMinutes: number): OverrideEvent => ({
  kind: 'override',
  id: `e${(nextId += 1)}`,
  providerId,
  model: null,
  at: ago(minutes),
  phase: 'set',
  override: {
    mode: 'forced_open',
    actor: 'ops-1',
    reason: 'invoice dispute',
    since: ago(minutes),
    until: ago(minutes - lastsMinutes),
  },
  actor: 'ops-1',
  reason: 'invoice dispute',
  persisted: false,
})

const action: ActionEvent = {
  kind: 'action',
  id: 'action',
  providerId: null,
  model: null,
  at: ago(2),
  action: 'settings_saved',
  summary: 'thresholds changed to version 3',
  actor: 'ops-1',
  reason: 'calmer nights',
  persisted: true,
}

const cooling = (providerId: string, minutes: number, lastsMinutes: number): CoolingEvent => ({
  kind: 'cooling',
  id: `e${(nextId += 1)}`,
  providerId,
  model: 'gpt-4o',
  at: ago(minutes),
  until: ago(minutes - lastsMinutes),
  reason: 'rate limited',
  persisted: true,
})

const lanes = (more: Partial<LanesInput>) =>
  lanesView({
    initial: [],
    events: [],
    from: NOW - 60 * MINUTE,
    to: NOW,
    now: NOW,
    zone: 'UTC',
    mostLanes: 10,
    truncated: false,
    ...more,
  })

describe('lanes', () => {
  it('gives a lane to each circuit with something to show, the busiest first', () => {
    const events = [
      transition('b', 30, 'half_open'),
      transition('b', 31, 'open'),
      transition('a', 20, 'open'),
      action,
    ]
    const view = lanes({ events })
    expect(view.lanes.map(({ providerId }) => providerId)).toEqual(['b', 'a'])
    expect(view.lanes[0]?.strip.segments.map(({ state }) => state)).toEqual(['closed', 'open', 'half_open'])
  })

  it('shows what was open or held before the range began and still is, and no more', () => {
    const initial = [
      transition('open-for-long', 300, 'open'),
      transition('long-closed', 300, 'closed'),
      override('held', 90, 60),
      override('was-held', 200, 60),
      cooling('cools', 61, 5),
    ]
    const view = lanes({ initial })
    expect(view.lanes.map(({ providerId }) => providerId).toSorted()).toEqual([
      'cools',
      'held',
      'open-for-long',
    ])
  })

  it('keeps a provider and its model apart', () => {
    const events = [transition('a', 10, 'open'), transition('a', 10, 'open', { model: 'gpt-4o' })]
    expect(lanes({ events }).lanes.map(({ model }) => model)).toEqual([null, 'gpt-4o'])
  })

  it('draws a circuit that only cooled as closed, unless the past is not all there', () => {
    const events = [cooling('a', 10, 5)]
    const statesOf = (truncated: boolean) =>
      lanes({ events, truncated }).lanes[0]?.strip.segments.map(({ state }) => state)
    expect(statesOf(false)).toEqual(['closed'])
    expect(statesOf(true)).toEqual(['unknown'])
  })

  it('says how many there are when there is no room for all', () => {
    const events = ['a', 'b', 'c'].map((id) => transition(id, 10, 'open'))
    expect(lanes({ events, mostLanes: 2 })).toMatchObject({ total: 3, lanes: { length: 2 } })
  })

  it('gives every known circuit a lane, after those with something to show', () => {
    const circuit = (providerId: string, model: string | null = null) => ({
      providerId,
      model,
      override: null,
    })
    const known = [circuit('a'), circuit('b'), circuit('b', 'gpt-4o')]
    const view = lanes({ events: [transition('b', 10, 'open')], known })
    expect(view.lanes.map(({ providerId, model }) => [providerId, model])).toEqual([
      ['b', null],
      ['a', null],
      ['b', 'gpt-4o'],
    ])
    expect(view).toMatchObject({ total: 3, changed: 1, leftOutBefore: null })
    expect(view.lanes[1]?.strip.summary).toBe('Closed throughout.')
  })

  it('shows an override that began before the range and is known only from the circuit', () => {
    const { override: held } = override('a', 300, 600)
    const [lane] = lanes({ known: [{ providerId: 'a', model: null, override: held }] }).lanes
    expect(lane?.strip.overrides.map(({ mode, x, width }) => [mode, x, width])).toEqual([
      ['forced_open', 0, 1],
    ])
  })

  it('says from when on it is whole where older events were left out', () => {
    const events = [transition('a', 10, 'open'), transition('a', 12, 'closed')]
    expect(lanes({ events, truncated: true }).leftOutBefore).toBe(NOW - 12 * MINUTE)
  })

  it('draws a window in the past to its end, with nothing still going on', () => {
    const [lane] = lanes({
      events: [transition('a', 90, 'open')],
      from: NOW - 120 * MINUTE,
      to: NOW - 60 * MINUTE,
    }).lanes
    expect(lane?.strip.segments.map(({ state, ongoing }) => [state, ongoing])).toEqual([
      ['closed', false],
      ['open', false],
    ])
  })

  it('has an axis whose ticks lie on it', () => {
    const { ticks } = lanes({})
    expect(ticks.length).toBeGreaterThan(1)
    expect(ticks.every(({ x }) => x >= 0 && x <= 1)).toBe(true)
  })
})

describe('the lanes as text', () => {
  const events = [transition('a', 10, 'open'), action, cooling('b', 20, 5)]

  it('list what happened to circuits, and what was done, oldest first', () => {
    const table = lanesTable(events, { nameOf: (id) => id.toUpperCase(), zone: 'UTC' })
    expect(table?.rows.map((row) => row.slice(1))).toEqual([
      ['B', 'gpt-4o', 'cooling: rate limited'],
      ['A', 'provider', 'opened: 5 failures in a row: connect timeout'],
      ['fleet', '–', 'thresholds changed to version 3 by ops-1: calmer nights'],
    ])
    expect(lanesTable([], { nameOf: (id) => id, zone: 'UTC' })).toBeNull()
    expect(lanesFigures(events).rows.map(([, provider, model, kind]) => [provider, model, kind])).toEqual([
      ['b', 'gpt-4o', 'cooling'],
      ['a', null, 'transition'],
      [null, null, 'action'],
    ])
  })

  it('tell a command on a circuit once', () => {
    const command: ActionEvent = { ...action, providerId: 'a', action: 'circuit.force' }
    expect(lanesFigures([override('a', 2, 60), command]).rows.map(([, , , kind]) => kind)).toEqual([
      'override',
    ])
  })
})

describe('the feed', () => {
  const feed = (events: Parameters<typeof eventFeed>[0]) =>
    eventFeed(events, { nameOf: (id) => id.toUpperCase(), now: NOW })

  it('names, links and words each event', () => {
    const [opened, set, changed, cooled] = feed([
      transition('a', 5, 'open'),
      override('b', 40, 60),
      action,
      cooling('c', 1, 5),
    ])
    expect(opened).toMatchObject({ icon: 'open', subject: { name: 'A', href: '/providers/a' } })
    expect(opened?.words).toContain('5 failures in a row')
    expect(set).toMatchObject({
      icon: 'override',
      subject: { href: `/providers/b?from=${NOW - 55 * MINUTE}&to=${NOW - 25 * MINUTE}` },
    })
    expect(changed).toEqual({
      id: 'action',
      at: NOW - 2 * MINUTE,
      icon: 'maintenance',
      subject: null,
      words: 'Thresholds changed to version 3 by ops-1: calmer nights',
      url: null,
    })
    expect(cooled).toMatchObject({ icon: 'cooling', subject: { name: 'C gpt-4o' } })
  })
})

it('tells a marker as it was written, of the fleet or of a provider, with its link', () => {
  const marker: MarkerEvent = {
    kind: 'marker',
    id: 'marker',
    providerId: null,
    model: null,
    at: new Date(NOW - 3 * MINUTE).toISOString(),
    title: 'shop 4.2 deployed',
    text: null,
    url: 'https://ci.example.com/42',
    actor: 'operator',
    persisted: true,
  }
  const events = [marker, { ...marker, providerId: 'a', text: 'new prompt' }]
  expect(eventFeed(events, { nameOf: (id) => id.toUpperCase(), now: NOW })).toMatchObject([
    { icon: 'marker', subject: null, words: 'shop 4.2 deployed', url: 'https://ci.example.com/42' },
    { icon: 'marker', subject: { name: 'A' }, words: 'shop 4.2 deployed: new prompt' },
  ])
  const lanes = lanesView({
    ...{ initial: [], events, from: NOW - 60 * MINUTE, to: NOW, now: NOW, zone: 'UTC' },
    ...{ mostLanes: 5, truncated: false },
  })
  expect(lanes.lanes, 'a marker is no circuit').toEqual([])
  const command: ActionEvent = { ...action, providerId: 'a', action: 'circuit.force' }
  const route: ActionEvent = { ...action, action: 'route.create' }
  const saved: ActionEvent = { ...action, action: 'settings.save' }
  const patched: ActionEvent = { ...action, action: 'provider.update', providerId: 'a' }
  expect(providerHappenings([marker, command, route, saved, patched])).toEqual([marker, saved, patched])
})

it('tells an operator’s command on a circuit once, by the circuit’s own event', () => {
  const command: ActionEvent = {
    ...action,
    providerId: 'a',
    action: 'circuit.force',
    summary: 'forced open for 1h',
  }
  const entries = eventFeed([override('a', 2, 60), command, action], { nameOf: (id) => id, now: NOW })
  expect(entries.map(({ icon }) => icon)).toEqual(['override', 'maintenance'])
})

describe('repeated cooling', () => {
  const words = (events: Parameters<typeof eventFeed>[0]) =>
    eventFeed(events, { nameOf: (id) => id, now: NOW }).map((entry) => entry.words)

  it('is one line with a count, at its newest', () => {
    expect(words([cooling('a', 1, 1), cooling('b', 2, 1), cooling('a', 3, 1), cooling('a', 4, 1)])).toEqual([
      'cooling: rate limited, 3 times',
      'cooling: rate limited',
    ])
  })

  it('is told anew after the circuit did something else, or a while later', () => {
    const changed = transition('a', 2, 'open', { model: 'gpt-4o' })
    expect(words([cooling('a', 1, 1), changed, cooling('a', 3, 1)])).toHaveLength(3)
    expect(words([cooling('a', 1, 1), cooling('a', 20, 1)])).toHaveLength(2)
  })
})

describe('what is read out', () => {
  const say = (transitions: TransitionRecord[]) => announcement(transitions, (id) => id)

  it('names the newest change and counts the other circuits', () => {
    expect(say([])).toBeNull()
    expect(say([transition('a', 1, 'open')])).toBe('a: circuit open')
    expect(say([transition('a', 2, 'open'), transition('a', 1, 'half_open')])).toBe('a: circuit half-open')
    expect(say([transition('a', 2, 'open'), transition('b', 2, 'open'), transition('c', 1, 'closed')])).toBe(
      'c: circuit closed; 2 other circuits changed',
    )
  })
})
