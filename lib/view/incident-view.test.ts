import { describe, expect, it } from 'vitest'
import { newlyLoud, markedTitle } from './incident-alarm.ts'
import { deliveryView, incidentAlert, incidentRow } from './incident.fixture.ts'
import { deliveryWords, nextAttemptWords, timelineLines } from './incident-timeline-view.ts'
import {
  alertsWords,
  incidentsHeadline,
  incidentWindow,
  loudCount,
  matchesFilter,
  muteWords,
  seenWords,
} from './incident-view.ts'

const firing = incidentRow()
const silenced = incidentRow({ id: 'inc_2', silenced: true })
const pending = incidentRow({ id: 'inc_5', state: 'pending' })
const recovering = incidentRow({ id: 'inc_3', state: 'recovering' })

describe('what wants somebody now', () => {
  it('is what fires and is not silenced', () => {
    expect(loudCount([firing, silenced, recovering])).toBe(1)
  })

  it.each([
    [[], 'No incident is open'],
    [[firing], '1 incident is firing: Acme is unhealthy'],
    [[silenced, firing], '1 incident is firing: Acme is unhealthy'],
    [[firing, incidentRow({ id: 'inc_4' })], '2 incidents are firing'],
    [[pending, recovering], '1 incident is beginning: Acme is unhealthy'],
    [[pending, firing], '1 incident is firing: Acme is unhealthy'],
    [[{ ...pending, silenced: true }], 'Nothing wants you now; 1 incident is open'],
    [[silenced], '1 incident is firing, but muted: Acme is unhealthy'],
    [[silenced, recovering], '1 incident is firing, but muted: Acme is unhealthy'],
  ])('%#: heads the page', (open, words) => {
    expect(incidentsHeadline(open)).toBe(words)
  })
})

describe('the filter', () => {
  it.each([
    [{ state: null, provider: null }, true],
    [{ state: 'firing' as const, provider: null }, true],
    [{ state: 'recovering' as const, provider: null }, false],
    [{ state: null, provider: 'acme' }, true],
    [{ state: null, provider: 'other' }, false],
    [{ state: 'firing' as const, provider: 'other' }, false],
  ])('%j: %s', (filter, is) => {
    expect(matchesFilter(firing, filter)).toBe(is)
  })
})

describe('words', () => {
  it.each([
    [{ firing: 1, recovering: 0, over: 0 }, '1 alert, firing'],
    [{ firing: 0, recovering: 0, over: 3 }, '3 alerts, all over'],
    [{ firing: 2, recovering: 0, over: 1 }, '3 alerts: 2 firing, 1 over'],
    [{ firing: 0, recovering: 0, over: 0 }, '0 alerts'],
  ])('of alerts %j: %s', (alerts, words) => {
    expect(alertsWords(alerts)).toBe(words)
  })

  it.each([
    ['Acme is unhealthy', 'Acme is unhealthy'],
    ['p95 is 4 s', 'Acme: p95 is 4\u202fs'],
    ['', 'Acme'],
  ])('say what was seen: %j', (sentence, words) => {
    expect(seenWords(incidentAlert({ sentence }))).toBe(words)
  })

  it('say why nobody is told', () => {
    expect(muteWords(null)).toBeNull()
    expect(muteWords('silence')).toBe('silenced')
    expect(muteWords('provider_unhealthy')).toBe('explained by: provider unhealthy')
  })
})

describe('the charts of an incident', () => {
  const at = (text: string) => Date.parse(`2026-11-28T${text}Z`)

  it('begin a little before and go to now while it is open', () => {
    const { from, to } = incidentWindow(firing, at('10:04:30'))
    expect([from, to]).toEqual([at('09:55:00'), at('10:05:00')])
  })

  it('end a little after its end, but not in the future', () => {
    const resolvedAt = '2026-11-28T12:00:00.000Z'
    expect(incidentWindow({ ...firing, resolvedAt }, at('18:00:00'))).toEqual({
      from: at('09:30:00'),
      to: at('12:30:00'),
    })
    expect(incidentWindow({ ...firing, resolvedAt }, at('12:10:00')).to).toBe(at('12:10:00'))
  })
})

describe('the alarm', () => {
  it('is not for what fires at the first look', () => {
    expect(newlyLoud(null, [firing])).toEqual({ heard: new Set(['inc_1']), started: [] })
  })

  it('is once for each, and again when it fires again', () => {
    expect(newlyLoud(new Set(), [firing]).started).toEqual([firing])
    expect(newlyLoud(new Set(['inc_1']), [firing]).started).toEqual([])
    const { heard } = newlyLoud(new Set(['inc_1']), [{ ...firing, state: 'recovering' }])
    expect(newlyLoud(heard, [firing]).started).toEqual([firing])
  })

  it('is not for what is silenced, nor for what somebody has seen', () => {
    const acknowledgement = { by: 'ada', at: firing.startedAt, note: null }
    expect(newlyLoud(new Set(), [silenced, { ...firing, acknowledgement }]).started).toEqual([])
  })
})

describe('markedTitle', () => {
  it.each([
    ['Circuits · Switchyard', false, 0, 'Circuits · Switchyard'],
    ['Circuits · Switchyard', false, 2, '(2 firing) Circuits · Switchyard'],
    ['(2 firing) Circuits', true, 3, '(stale) (3 firing) Circuits'],
    ['(stale) (3 firing) Circuits', false, 0, 'Circuits'],
    ['(stale) Circuits', true, 0, '(stale) Circuits'],
  ])('%s', (title, isStale, firing, marked) => {
    expect(markedTitle(title, { isStale, firing })).toBe(marked)
  })
})

describe('the timeline', () => {
  const at = '2026-11-28T10:00:00.000Z'
  const plain = () => null
  const change = (id: string, actor = 'switchyard') =>
    ({ kind: 'fleet', id, at, providerId: 'acme', actor, text: `change ${id}` }) as const

  it('names the provider where there are several', () => {
    const lines = timelineLines([change('1'), { ...change('2'), providerId: null }], (id) => id.toUpperCase())
    expect(lines.map(({ text }) => text)).toEqual(['change 2', 'ACME: change 1'])
  })

  it('folds what Switchyard did in a row, not what somebody did', () => {
    const timeline = [change('1'), change('2'), change('3', 'ada'), change('4'), change('5'), change('6')]
    const lines = timelineLines(timeline, plain)
    expect(lines.map(({ text, folded }) => [text, folded.map(({ id }) => id)])).toEqual([
      ['change 6', ['5', '4']],
      ['change 3', []],
      ['change 2', []],
      ['change 1', []],
    ])
  })

  it('is newest first and says who, what and how', () => {
    const lines = timelineLines(
      [
        { kind: 'event', id: '1', at, type: 'began', actor: null, text: 'Acme is unhealthy' },
        { kind: 'delivery', id: '2', at, delivery: deliveryView({ state: 'dead', attempts: 2 }) },
        { kind: 'fleet', id: '3', at, providerId: 'acme', actor: 'ada', text: 'override set' },
        {
          kind: 'fleet',
          id: '4',
          at,
          providerId: 'acme',
          actor: 'switchyard',
          text: 'circuit closed → open',
        },
      ],
      plain,
    )
    expect(lines.map(({ label, icon, actor, text }) => [label, icon, actor, text])).toEqual([
      ['Fleet', 'unknown', null, 'circuit closed → open'],
      ['Operator', 'maintenance', 'ada', 'override set'],
      ['Not delivered', 'unhealthy', null, 'Alarm to On-call, given up after 2 attempts'],
      ['Began', 'unhealthy', null, 'Acme is unhealthy'],
    ])
  })

  it('names a channel that is no more by its id', () => {
    const delivery = deliveryView({ channelName: null })
    expect(timelineLines([{ kind: 'delivery', id: '2', at, delivery }], plain)[0]?.text).toBe(
      'Alarm to on-call, delivered',
    )
  })

  it.each([
    ['waiting', 0, 'not tried yet'],
    ['waiting', 3, 'waits after 3 attempts'],
    ['dead', 1, 'given up after 1 attempt'],
    ['delivered', 1, 'delivered'],
    ['delivered', 2, 'delivered after 2 attempts'],
  ] as const)('says of %s after %i: %s', (state, attempts, words) => {
    expect(deliveryWords({ state, attempts })).toBe(words)
  })

  it('says how long it is to the next attempt, and why it is not made once it is due', () => {
    const due = 'due: its channel is busy, or pauses after a failure'
    expect(nextAttemptWords(38_000, 0)).toBe('next attempt in 38\u202fs')
    expect([nextAttemptWords(0, 0), nextAttemptWords(0, 60_000)]).toEqual([due, due])
  })
})
