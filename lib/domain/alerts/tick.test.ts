import { describe, expect, it } from 'vitest'
import {
  aCircuit,
  aDeadProvider,
  aMonitor,
  aProvider,
  aRoute,
  aRule,
  providersAmong,
  T0,
  windowsOf,
} from './alerts.fixture.ts'
import type { CompiledRule } from './compiled-rule.ts'
import { compileRule } from './compiled-rule.ts'
import type { SubjectFacts } from './facts.ts'
import { GROUPING_DEFAULTS, type GroupingPolicy } from './grouping-policy.ts'
import type { Incident } from './incident.ts'
import type { Silence } from './silence.ts'
import { acknowledge, bookOf, EMPTY_BOOK, tick, type AlertBook, type Tick } from './tick.ts'

const TICK_MS = 15_000
const MINUTE_MS = 60_000

const down = compileRule(aRule({ id: 'down', severity: 'critical' }))
const degraded = compileRule(aRule({ id: 'degraded', condition: { type: 'provider_degraded' } }))
const opened = compileRule(aRule({ id: 'opened', condition: { type: 'circuit_opened' } }))
const members = compileRule(aRule({ id: 'members', condition: { type: 'route_members', atMost: 1 } }))
const impaired = compileRule(aRule({ id: 'impaired', condition: { type: 'monitor_impaired' } }))
const ending = compileRule(aRule({ id: 'ending', condition: { type: 'override_ending', withinMs: 900_000 } }))
const ALL = [down, degraded, opened, members, impaired, ending]

/** A world that is ticked by hand: what it is at a time is a function of the ms since the start. */
class Watch {
  book: AlertBook = EMPTY_BOOK
  at = 0
  nextId = 0
  rules: readonly CompiledRule[] = ALL
  silences: readonly Silence[] = []
  policy: GroupingPolicy = GROUPING_DEFAULTS
  channelsOf: (incident: Incident) => readonly string[] = () => ['pager']
  /** "90: triggered provider:p1 → pager", in seconds. */
  told: string[] = []
  ended: Incident[] = []

  once(subjects: readonly SubjectFacts[], at = this.at): Tick {
    const { rules, silences, policy, channelsOf } = this
    const context = { now: T0 + at, windows: windowsOf() }
    return tick(this.book, {
      rules,
      subjects,
      enabledProviders: providersAmong(subjects),
      context,
      silences,
      policy,
      channelsOf,
      newId: () => `i${this.nextId++}`,
    })
  }

  run(forMs: number, world: (at: number) => readonly SubjectFacts[]): this {
    for (const end = this.at + forMs; this.at < end; this.at += TICK_MS) {
      const result = this.once(world(this.at))
      this.book = result.book
      this.ended.push(...result.incidents.filter(({ state }) => state === 'resolved'))
      for (const { notice, channels, incident } of result.due)
        this.told.push(`${this.at / 1_000}: ${notice} ${incident.cause} → ${channels.join()}`)
    }
    return this
  }

  get incidents(): readonly Incident[] {
    return [...this.book.incidents.values()]
  }

  silence(untilMs: number): void {
    this.silences = [
      {
        id: 's1',
        matchers: [{ field: 'provider', operator: 'is', value: 'p1' }],
        createdBy: 'ada',
        reason: 'upgrade',
        intervals: [{ from: T0, until: T0 + untilMs }],
      },
    ]
  }
}

const fleetOf = (count: number, dead: (index: number) => boolean): SubjectFacts[] =>
  Array.from({ length: count }, (_, index) =>
    dead(index) ? aDeadProvider(`p${index}`) : aProvider(`p${index}`),
  )
const oneDead = () => fleetOf(9, (index) => index === 1)
const allWell = () => fleetOf(9, () => false)

describe('a rule that is renamed while it fires', () => {
  const named = (name: string) => compileRule(aRule({ id: 'down', severity: 'critical', name }))
  const formerly = (watch: Watch) => watch.incidents[0]?.members.map((member) => member.formerly)

  it('is one incident, which knows what it went by', () => {
    const watch = new Watch()
    watch.rules = [named('Gone')]
    watch.run(5 * MINUTE_MS, oneDead)
    expect(formerly(watch)).toEqual([[]])
    watch.rules = [named('Away')]
    watch.run(5 * MINUTE_MS, oneDead)
    expect(formerly(watch)).toEqual([[{ ruleName: 'Gone', severity: 'critical' }]])
    watch.rules = [named('Gone')]
    watch.run(5 * MINUTE_MS, oneDead)
    expect(formerly(watch)).toEqual([[{ ruleName: 'Away', severity: 'critical' }]])
  })

  it('knows it also when the alert was over in between', () => {
    const watch = new Watch()
    const symptom = (fleet: SubjectFacts[]) => [...fleet, aCircuit('p1', null, { state: 'open' })]
    watch.rules = [named('Gone'), opened]
    watch.run(5 * MINUTE_MS, () => symptom(oneDead())).run(5 * MINUTE_MS, () => symptom(allWell()))
    watch.rules = [named('Away'), opened]
    watch.run(5 * MINUTE_MS, () => symptom(oneDead()))
    expect(watch.incidents).toHaveLength(1)
    const again = watch.incidents[0]?.members.find(({ labels }) => labels.ruleId === 'down')
    expect(again?.formerly).toEqual([{ ruleName: 'Gone', severity: 'critical' }])
  })
})

describe('one provider down', () => {
  it('is one incident: told after the rule’s time and the group wait, and when it is over', () => {
    const watch = new Watch().run(10 * MINUTE_MS, oneDead).run(10 * MINUTE_MS, allWell)
    expect(watch.told).toEqual(['90: triggered provider:p1 → pager', '720: resolved provider:p1 → pager'])
    expect(watch.incidents).toEqual([])
    expect(watch.ended).toHaveLength(1)
    expect(watch.ended[0]).toMatchObject({ state: 'resolved', startedAt: T0 + 60_000, severity: 'critical' })
  })

  it('is over once it was good in three rounds of its checks, where these are far apart', () => {
    const seldom = (fleet: SubjectFacts[]) => fleet.map((facts) => ({ ...facts, checkIntervalMs: 300_000 }))
    const watch = new Watch()
      .run(10 * MINUTE_MS, () => seldom(oneDead()))
      .run(20 * MINUTE_MS, () => seldom(allWell()))
    // Rounds begin 700 s and 1,000 s after the start.
    expect(watch.told).toEqual(['90: triggered provider:p1 → pager', '1005: resolved provider:p1 → pager'])
  })

  it('takes in what follows from it, untold', () => {
    const dead = () => [...oneDead(), aCircuit('p1', null, { state: 'open' })]
    const watch = new Watch().run(20 * MINUTE_MS, dead)
    expect(watch.told).toEqual(['90: triggered provider:p1 → pager'])
    expect(watch.incidents).toHaveLength(1)
    expect(watch.incidents[0]!.members.map(({ labels, mute }) => [labels.condition, mute])).toEqual([
      ['provider_unhealthy', null],
      ['provider_degraded', 'provider_unhealthy'],
      ['circuit_opened', 'provider_unhealthy'],
    ])
  })

  it('does not tell afterwards what it explained: one incident until the last symptom is over', () => {
    const symptom = () => [...allWell(), aCircuit('p1', null, { state: 'open' })]
    const dead = () => [...oneDead(), aCircuit('p1', null, { state: 'open' })]
    const watch = new Watch()
      .run(10 * MINUTE_MS, dead)
      .run(10 * MINUTE_MS, symptom)
      .run(5 * MINUTE_MS, () => [...allWell(), aCircuit('p1', null)])
    expect(watch.told).toHaveLength(2)
    expect(watch.told[1]).toMatch(/^13\d\d: resolved/)
  })

  it('is told to nobody when it is over before the group wait', () => {
    const brief = compileRule(aRule({ id: 'down', keepFiringMs: 0 }))
    const watch = new Watch()
    watch.rules = [brief]
    watch.run(75_000, oneDead).run(10 * MINUTE_MS, allWell)
    expect(watch.ended).toHaveLength(1)
    expect(watch.told).toEqual([])
  })

  it('is not told while it recovers, and is when it turns bad again', () => {
    const watch = new Watch()
      .run(75_000, oneDead)
      .run(MINUTE_MS, allWell)
      .run(MINUTE_MS, oneDead)
      .run(10 * MINUTE_MS, allWell)
    expect(watch.told).toEqual(['135: triggered provider:p1 → pager', '315: resolved provider:p1 → pager'])
    expect(watch.ended).toHaveLength(1)
  })

  it('is told again every four hours, until somebody has seen it', () => {
    const watch = new Watch().run(9 * 60 * MINUTE_MS, oneDead)
    expect(watch.told.slice(1)).toEqual([
      '14490: repeated provider:p1 → pager',
      '28890: repeated provider:p1 → pager',
    ])
    watch.book = acknowledge(watch.book, watch.incidents[0]!.id, { by: 'ada', at: T0 + watch.at, note: null })
    watch.run(9 * 60 * MINUTE_MS, oneDead)
    expect(watch.told.slice(3)).toEqual(['32400: acknowledged provider:p1 → pager'])
    expect(watch.incidents[0]).toMatchObject({
      acknowledgement: { by: 'ada' },
      members: [{ isAcknowledged: true }, {}],
    })
  })

  it('has one update for what comes to it, after the group interval', () => {
    const override = aCircuit('p1', null, { overrideUntil: T0 + 20 * MINUTE_MS })
    const watch = new Watch().run(20 * MINUTE_MS, () => [...oneDead(), override])
    expect(watch.told).toEqual(['90: triggered provider:p1 → pager', '390: updated provider:p1 → pager'])
  })

  it('has an update when it becomes more severe, and is told to whom that concerns', () => {
    const watch = new Watch()
    watch.channelsOf = ({ severity }) => (severity === 'critical' ? ['chat', 'pager'] : ['chat'])
    const weak = () => [aProvider('p1', { status: 'degraded' }), ...fleetOf(9, () => false).slice(2)]
    watch
      .run(10 * MINUTE_MS, weak)
      .run(10 * MINUTE_MS, oneDead)
      .run(10 * MINUTE_MS, allWell)
    expect(watch.told).toEqual([
      '90: triggered provider:p1 → chat',
      '660: updated provider:p1 → chat',
      '660: triggered provider:p1 → pager',
      '1320: resolved provider:p1 → chat,pager',
    ])
  })

  it('tells its recovery to whom it told the alarm, wherever an alarm would go by then', () => {
    const watch = new Watch().run(10 * MINUTE_MS, oneDead)
    watch.channelsOf = () => ['mail']
    watch.run(10 * MINUTE_MS, allWell)
    expect(watch.told[1]).toBe('720: resolved provider:p1 → pager')
  })

  it('is told again when it comes back into an incident that something else keeps open', () => {
    const override = (at: number) => aCircuit('p1', null, { overrideUntil: T0 + at + MINUTE_MS })
    const watch = new Watch().run(10 * MINUTE_MS, (at) => [...oneDead(), override(at)])
    watch.run(20 * MINUTE_MS, (at) => [...allWell(), override(at)])
    watch.told = []
    watch.run(20 * MINUTE_MS, (at) => [...oneDead(), override(at)])
    expect(watch.told).toEqual(['1860: updated provider:p1 → pager'])
    expect(watch.incidents).toHaveLength(1)
  })

  it.each([
    ['rule_deleted', (watch: Watch) => (watch.rules = [])],
    [
      'rule_disabled',
      (watch: Watch) => (watch.rules = [compileRule(aRule({ id: 'down', isEnabled: false }))]),
    ],
  ])('is over when it is by %s', (reason, change) => {
    const watch = new Watch().run(10 * MINUTE_MS, oneDead)
    change(watch)
    const result = watch.once(oneDead())
    expect(result.alerts.map(({ after }) => after.course.ending)).toContain(reason)
    expect(result.due.map(({ notice }) => notice)).toEqual(['resolved'])
    expect(result.book.alerts.size).toBe(0)
  })

  it('is over when the provider is no more', () => {
    const watch = new Watch().run(10 * MINUTE_MS, oneDead)
    const result = watch.once(allWell().filter(({ providerId }) => providerId !== 'p1'))
    expect(result.alerts.map(({ after }) => after.course.ending)).toEqual(['subject_gone', 'subject_gone'])
    expect(result.due.map(({ notice }) => notice)).toEqual(['resolved'])
  })

  it('is over when its rule is about others only', () => {
    const watch = new Watch().run(10 * MINUTE_MS, oneDead)
    watch.rules = [compileRule(aRule({ id: 'down', scope: { type: 'providers', ids: ['p2'] } }))]
    const result = watch.once(oneDead())
    expect(result.alerts.map(({ after }) => after.course.ending)).toContain('subject_gone')
    expect(result.due.map(({ notice }) => notice)).toEqual(['resolved'])
  })

  it('goes on after a restart, under the same key, and nothing is told twice', () => {
    const watch = new Watch().run(10 * MINUTE_MS, oneDead)
    const [incident] = watch.incidents
    const alerts = [...watch.book.alerts.values()].flatMap((ofRule) => [...ofRule.values()])
    watch.book = bookOf(JSON.parse(JSON.stringify(alerts)) as typeof alerts, [
      JSON.parse(JSON.stringify(incident)) as Incident,
    ])
    watch.run(10 * MINUTE_MS, oneDead)
    expect(watch.told).toHaveLength(1)
    watch.run(10 * MINUTE_MS, allWell)
    expect(watch.told).toHaveLength(2)
    expect(watch.ended[0]!.dedupKey).toBe(incident!.dedupKey)
  })

  it('has an update when it begins to flap, and then none', () => {
    const watch = new Watch().run(10 * MINUTE_MS, oneDead)
    watch.run(30 * MINUTE_MS, (at) => (at % 30_000 === 0 ? oneDead() : allWell()))
    expect(watch.told.map((line) => line.split(' ')[1])).toEqual(['triggered', 'updated'])
    watch.run(20 * MINUTE_MS, allWell)
    expect(watch.told.map((line) => line.split(' ')[1])).toEqual(['triggered', 'updated', 'resolved'])
  })
})

describe('a silence', () => {
  it('shows the incident and tells nobody, not even that it is over', () => {
    const watch = new Watch()
    watch.silence(60 * MINUTE_MS)
    watch.run(10 * MINUTE_MS, oneDead)
    expect(watch.incidents[0]!.members[0]!.mute).toBe('silence')
    watch.run(10 * MINUTE_MS, allWell)
    expect(watch.told).toEqual([])
    expect(watch.ended).toHaveLength(1)
  })

  it('that ends while it fires lets it be told', () => {
    const watch = new Watch()
    watch.silence(10 * MINUTE_MS)
    watch.run(20 * MINUTE_MS, oneDead)
    expect(watch.told).toEqual(['600: triggered provider:p1 → pager'])
  })

  it('that begins after the alarm keeps back repetitions, not the recovery', () => {
    const watch = new Watch().run(10 * MINUTE_MS, oneDead)
    watch.silence(24 * 60 * MINUTE_MS)
    watch.run(10 * 60 * MINUTE_MS, oneDead).run(10 * MINUTE_MS, allWell)
    expect(watch.told.map((line) => line.split(' ')[1])).toEqual(['triggered', 'resolved'])
  })
})

describe('a monitor in trouble', () => {
  const cutOff = () => [
    ...fleetOf(9, () => true),
    aMonitor({ isEgressDown: true, reason: 'the canary is not reached' }),
  ]

  it('is the only thing told, also in the minutes after', () => {
    const watch = new Watch().run(20 * MINUTE_MS, cutOff)
    watch.run(MINUTE_MS, () => [...fleetOf(9, () => true), aMonitor()])
    watch.run(20 * MINUTE_MS, () => [...allWell(), aMonitor()])
    expect(watch.told).toEqual(['90: triggered monitor → pager', '1320: resolved monitor → pager'])
    expect(watch.ended).toHaveLength(1)
  })

  it('keeps nothing back for good', () => {
    const watch = new Watch().run(20 * MINUTE_MS, cutOff)
    watch.run(20 * MINUTE_MS, () => [...oneDead(), aMonitor()])
    expect(watch.told.filter((line) => line.includes('provider:p1'))).toHaveLength(1)
  })
})

describe('an outage of the fleet', () => {
  const spread = (count: number, startMs: number, endMs: number) => (at: number) =>
    fleetOf(count, (index) => {
      // As checks are: spread over an interval, with jitter.
      const phase = (index * 7_919) % 39_000
      return at >= startMs + phase && at < endMs + phase
    })

  it('of 500 providers and their routes is one incident and two notices', () => {
    const routes = (dead: boolean) =>
      Array.from({ length: 20 }, (_, index) => aRoute(`r${index}`, { eligible: dead ? 0 : 3 }))
    const world = spread(500, 0, 30 * MINUTE_MS)
    const watch = new Watch().run(90 * MINUTE_MS, (at) => [
      ...world(at),
      ...routes(at >= 45_000 && at < 30 * MINUTE_MS),
    ])
    expect(watch.told.map((line) => line.split(' ').slice(1).join(' '))).toEqual([
      'triggered fleet → pager',
      'resolved fleet → pager',
    ])
    expect(watch.incidents).toEqual([])
    const fleet = watch.ended.find(({ cause }) => cause === 'fleet')
    expect(new Set(fleet!.members.map(({ labels }) => labels.subjectKey)).size).toBe(520)
    expect(
      watch.ended.every(({ cause, mergedInto }) =>
        cause === 'fleet' ? mergedInto === null : mergedInto === fleet!.id,
      ),
    ).toBe(true)
  })

  it('is one when all but the first were later than its group wait: known by the key that was told', () => {
    const watch = new Watch().run(30 * MINUTE_MS, (at) =>
      fleetOf(4, (index) => (index === 0 ? true : index < 3 && at >= 45_000)),
    )
    expect(watch.told.map((line) => line.split(': ')[1])).toEqual([
      'triggered provider:p0 → pager',
      'updated fleet → pager',
    ])
    expect(watch.incidents).toHaveLength(1)
    expect(watch.incidents[0]!.id).toBe('i0')
    watch.run(30 * MINUTE_MS, () => fleetOf(4, () => false))
    expect(watch.told).toHaveLength(3)
  })

  it.each([
    [3, 2, 2],
    [3, 3, 1],
    [4, 3, 1],
    [6, 3, 3],
    [6, 4, 1],
    [7, 4, 1],
    [9, 4, 4],
  ])('of %i enabled providers, %i down at once, is %i incidents', (count, dead, incidents) => {
    const watch = new Watch().run(10 * MINUTE_MS, () => fleetOf(count, (index) => index < dead))
    expect(watch.incidents).toHaveLength(incidents)
  })

  it('is none when they fail one after the other', () => {
    const watch = new Watch().run(30 * MINUTE_MS, (at) => fleetOf(4, (index) => at >= index * 5 * MINUTE_MS))
    expect(watch.incidents.map(({ cause }) => cause)).toEqual([
      'provider:p0',
      'provider:p1',
      'provider:p2',
      'provider:p3',
    ])
  })

  it('is none when overrides end at once', () => {
    const watch = new Watch().run(10 * MINUTE_MS, (at) =>
      ['a', 'b', 'c'].map((id) => aCircuit(id, null, { overrideUntil: T0 + at + MINUTE_MS })),
    )
    expect(watch.incidents.map(({ cause }) => cause)).toEqual(['provider:a', 'provider:b', 'provider:c'])
  })

  it('that has left one behind hides neither that one’s fellows nor what it does not explain', () => {
    const watch = new Watch().run(10 * MINUTE_MS, () => fleetOf(5, () => true))
    watch.run(20 * MINUTE_MS, () => fleetOf(5, (index) => index === 0))
    watch.told = []
    const override = aCircuit('p0', null, { overrideUntil: T0 + 90 * MINUTE_MS })
    watch.run(10 * MINUTE_MS, () => fleetOf(5, (index) => index <= 1))
    expect(watch.told.map((line) => line.split(': ')[1])).toEqual(['triggered provider:p1 → pager'])
    watch.run(50 * MINUTE_MS, () => [...fleetOf(5, (index) => index <= 1), override])
    expect(watch.told.map((line) => line.split(': ')[1])).toEqual([
      'triggered provider:p1 → pager',
      'triggered provider:p0 → pager',
    ])
  })

  it('that comes again while it is open is told again', () => {
    const watch = new Watch().run(10 * MINUTE_MS, () => fleetOf(5, () => true))
    watch.run(20 * MINUTE_MS, () => fleetOf(5, (index) => index === 0))
    watch.run(20 * MINUTE_MS, () => fleetOf(5, () => true))
    expect(watch.told.map((line) => line.split(': ')[1])).toEqual([
      'triggered fleet → pager',
      'updated fleet → pager',
    ])
    expect(watch.incidents).toHaveLength(1)
  })
})

describe('tick', () => {
  it('changes nothing the second time at one time, and leaves its book as it was', () => {
    const watch = new Watch().run(90_000, oneDead)
    const before = JSON.stringify([...watch.book.incidents])
    const first = watch.once(oneDead())
    expect(JSON.stringify([...watch.book.incidents])).toBe(before)
    expect(first.due).toHaveLength(1)
    watch.book = first.book
    const second = watch.once(oneDead())
    expect(second).toMatchObject({ alerts: [], incidents: [], due: [] })
    expect(second.nextAt).toBe(first.nextAt)
  })

  it('says when the next notice is due', () => {
    const watch = new Watch().run(75_000, oneDead)
    expect(watch.once(oneDead()).nextAt).toBe(T0 + 90_000)
    watch.run(30_000, oneDead)
    expect(watch.once(oneDead()).nextAt).toBe(T0 + 90_000 + GROUPING_DEFAULTS.repeatMs)
    expect(new Watch().once(allWell()).nextAt).toBeNull()
  })

  it('numbers the notices of an incident', () => {
    const watch = new Watch().run(90_000, oneDead)
    const first = watch.once(oneDead())
    expect(first.due.map(({ sequence }) => sequence)).toEqual([1])
    watch.book = acknowledge(first.book, watch.incidents[0]!.id, { by: 'ada', at: T0, note: null })
    expect(watch.once(oneDead(), 105_000).due.map(({ sequence }) => sequence)).toEqual([2])
  })

  it('keeps nothing of what is quiet', () => {
    const watch = new Watch().run(10 * MINUTE_MS, oneDead).run(20 * MINUTE_MS, allWell)
    expect(watch.book.alerts.size).toBe(0)
    expect(watch.book.incidents.size).toBe(0)
  })

  it('tells under a rule’s new name and severity', () => {
    const watch = new Watch().run(10 * MINUTE_MS, oneDead)
    watch.rules = [compileRule(aRule({ id: 'down', name: 'Renamed', severity: 'info' }))]
    watch.run(TICK_MS, oneDead)
    expect(watch.incidents[0]!.members[0]!.labels).toMatchObject({ ruleName: 'Renamed', severity: 'info' })
  })
})
