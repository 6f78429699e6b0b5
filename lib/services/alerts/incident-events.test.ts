import { describe, expect, it } from 'vitest'
import { incident } from '#lib/adapters/storage/test-alerting-records.ts'
import { NOON } from '#lib/adapters/storage/test-records.ts'
import type { Incident, Member } from '#lib/domain/alerts/incident.ts'
import { incidentEvents } from './incident-events.ts'
import { deliveriesOf, notificationOf } from './notification-of.ts'

const base = incident('acme')
const [member] = base.members as [Member]

const named = (ruleId: string, over: Partial<Member> = {}): Member => ({
  ...member,
  labels: { ...member.labels, ruleId, ruleName: `Rule ${ruleId}` },
  ...over,
})
const of = (members: readonly Member[], over: Partial<Incident> = {}): Incident => ({
  ...base,
  members,
  ...over,
})
const types = (before: Incident | null, after: Incident) =>
  incidentEvents(before, after).map(({ type }) => type)

describe('what happened between two states of an incident', () => {
  const pending = of([member], { state: 'pending' })
  const over = { ...member, state: 'over', overAt: NOON } as const

  it.each<[why: string, Incident | null, Incident, string[]]>([
    ['it begins with its alert', null, pending, ['began', 'alert_fired']],
    ['nothing', base, base, []],
    ['its first word is no event: that is a delivery', pending, base, []],
    ['another alert fires', base, of([member, named('slow')]), ['alert_fired']],
    [
      'an alert is over, another is not',
      of([member, named('slow')]),
      of([over, named('slow')]),
      ['alert_over'],
    ],
    ['what was over fires again', of([over]), of([member]), ['alert_fired']],
    [
      'all is good, for now',
      base,
      of([{ ...member, state: 'recovering' }], { state: 'recovering' }),
      ['recovering'],
    ],
    [
      'and bad again',
      of([{ ...member, state: 'recovering' }], { state: 'recovering' }),
      base,
      ['firing_again'],
    ],
    ['it is over', base, of([over], { state: 'resolved', resolvedAt: NOON }), ['alert_over', 'resolved']],
    [
      "it becomes a part of the fleet's",
      base,
      of([member], { state: 'resolved', mergedInto: 'of-fleet' }),
      ['merged'],
    ],
  ])('%s', (_why, before, after, expected) => {
    expect(types(before, after)).toEqual(expected)
  })

  it('is told alert by alert up to five, and beyond that as a number', () => {
    const some = (count: number) => Array.from({ length: count }, (_, index) => named(`r${index}`))
    expect(incidentEvents(of([]), of(some(5)))).toHaveLength(5)
    expect(incidentEvents(of([]), of(some(6)))).toEqual([
      { type: 'alert_fired', actor: null, text: '6 alerts fire' },
    ])
  })

  it('is told with the rule and why', () => {
    expect(incidentEvents(of([]), of([named('slow')]))).toEqual([
      { type: 'alert_fired', actor: null, text: 'Rule slow: 3 failures in a row: connect refused' },
    ])
    expect(incidentEvents(base, of([over]))[0]?.text).toBe('A provider is down is over: Acme')
  })
})

describe('what is told of an incident', () => {
  const FACTS = { at: NOON + 30_000, link: 'https://console.example.com/incidents/x' }
  const told = (of: Incident, notice: Parameters<typeof notificationOf>[1]['notice']) =>
    notificationOf(of, { notice, sequence: 3 }, FACTS)

  it('has the same id and key whenever it is made', () => {
    expect(told(base, 'triggered')).toMatchObject({
      id: 'of-acme#3',
      notice: 'triggered',
      severity: 'critical',
      title: '3 failures in a row: connect refused',
      text: '3 failures in a row: connect refused.',
      at: FACTS.at,
      link: FACTS.link,
      incident: { dedupKey: base.dedupKey, state: 'firing', alerts: [{ ruleId: 'down', isOver: false }] },
    })
  })

  it.each([
    ['updated', 'Update: '],
    ['repeated', 'Still: '],
  ] as const)('says that it is %s', (notice, head) => {
    expect(told(base, notice).title).toBe(`${head}3 failures in a row: connect refused`)
  })

  it.each([
    [60_000, '1 min'],
    [119 * 60_000, '119 min'],
    [3 * 3_600_000, '3 h'],
    [10, '1 min'],
  ])('says after %d ms how long it lasted', (ms, text) => {
    const over = of([{ ...member, state: 'over', overAt: NOON }], {
      state: 'resolved',
      resolvedAt: NOON + ms,
    })
    const { title, text: said } = told(over, 'resolved')
    expect(title).toMatch(/^Resolved: /)
    expect(said).toBe(`It is over after ${text}.`)
  })

  it('says who has seen it, and what they said', () => {
    const acknowledgement = { by: 'ada', at: NOON, note: 'I am on it.' }
    expect(told(of([member], { acknowledgement }), 'acknowledged').text).toBe('ada has seen it. I am on it.')
    expect(
      told(of([member], { acknowledgement: { ...acknowledgement, note: null } }), 'acknowledged').text,
    ).toBe('ada has seen it.')
  })

  it('names twenty alerts, those that fire first, and the number of the rest', () => {
    const members = [
      named('over', { state: 'over', overAt: NOON }),
      ...Array.from({ length: 24 }, (_, index) => named(`r${index}`, { since: NOON + index })),
    ]
    const { incident: shown, text } = told(of(members), 'triggered')
    expect(shown?.alerts).toHaveLength(20)
    expect(shown?.alerts[0]?.ruleId).toBe('r0')
    expect(shown?.alerts.some(({ isOver }) => isOver)).toBe(false)
    expect(text).toMatch(/And 5 more\.$/)
  })

  it('names what is not over yet before what is', () => {
    const members = [
      named('over', { state: 'over', overAt: NOON }),
      named('recovering', { state: 'recovering', since: NOON + 1 }),
    ]
    expect(told(of(members), 'updated').incident?.alerts.map(({ ruleId }) => ruleId)).toEqual([
      'recovering',
      'over',
    ])
  })

  it("says how many providers a fleet's outage has", () => {
    const members = ['a', 'b', 'c'].map((providerId) =>
      named('down', { labels: { ...member.labels, providerId, subjectKey: `provider:${providerId}` } }),
    )
    expect(told(of(members, { cause: 'fleet' }), 'triggered').title).toBe(
      '3 providers are in trouble: A provider is down',
    )
  })

  it('keeps a title to 120 characters', () => {
    const { title } = told(of([{ ...member, sentence: 'x'.repeat(500) }]), 'updated')
    expect(title).toHaveLength(120)
  })

  it('is one delivery to each channel, waiting from now on', () => {
    const notification = told(base, 'triggered')
    expect(deliveriesOf(notification, { channels: ['ops', 'pager'], sequence: 3 })).toMatchObject([
      { id: 'of-acme#3>ops', channelId: 'ops', position: 3, state: 'waiting', nextAttemptAt: FACTS.at },
      { id: 'of-acme#3>pager', channelId: 'pager', attempts: 0, createdAt: FACTS.at, endedAt: null },
    ])
  })
})
