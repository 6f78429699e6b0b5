import { describe, expect, it } from 'vitest'
import { incident } from '#lib/adapters/storage/test-alerting-records.ts'
import type { Incident, Member } from '#lib/domain/alerts/incident.ts'
import { keptIncident, MOST_KEPT } from './kept-incident.ts'

const [member] = incident('acme').members as [Member]

const alertOf = (provider: number, rule: number, change: Partial<Member> = {}): Member => ({
  ...member,
  labels: {
    ...member.labels,
    ruleId: `r${rule}`,
    subject: { type: 'provider', id: `p${provider}`, name: `p${provider}` },
    subjectKey: `provider:p${provider}`,
    providerId: `p${provider}`,
  },
  ...change,
})
/** An outage of a hundred providers with 150 alerts each. */
const wide = (change: (rule: number) => Partial<Member>, over: Partial<Incident> = {}): Incident => ({
  ...incident('acme'),
  cause: 'fleet',
  members: Array.from({ length: 15_000 }, (_, index) =>
    alertOf(index % 100, Math.floor(index / 100), change(Math.floor(index / 100))),
  ),
  ...over,
})
const byProvider = ({ members }: Incident) => Map.groupBy(members, ({ labels }) => labels.providerId)

describe('an incident as it is kept', () => {
  it('is as it is, up to ten thousand alerts', () => {
    const some = { ...incident('acme'), members: wide(() => ({})).members.slice(0, MOST_KEPT) }
    expect(keptIncident(some)).toBe(some)
  })

  it('has as many of each provider where it has more, none of them over', () => {
    const kept = keptIncident(wide((rule) => (rule < 100 ? { state: 'over' } : {})))
    expect([...byProvider(kept).values()].map(({ length }) => length)).toEqual(
      Array.from({ length: 100 }, () => 50),
    )
    expect(kept.members.every(({ state }) => state === 'firing')).toBe(true)
    expect(keptIncident(wide(() => ({}))).members).toHaveLength(MOST_KEPT)
  })

  it('has them in their order, and when all are over as well', () => {
    const kept = keptIncident(wide(() => ({ state: 'over' }), { state: 'resolved' }))
    expect(kept.members).toHaveLength(MOST_KEPT)
    const { members } = wide(() => ({ state: 'over' }))
    const places = new Map(
      members.map(({ labels }, index) => [`${labels.ruleId} ${labels.subjectKey}`, index]),
    )
    const order = kept.members.map(({ labels }) => places.get(`${labels.ruleId} ${labels.subjectKey}`) ?? -1)
    expect(order).toEqual(order.toSorted((a, b) => a - b))
  })
})
