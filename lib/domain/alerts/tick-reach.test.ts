import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isActive, type Alert } from './alert.ts'
import { aCircuit, aDeadProvider, aMonitor, aProvider, aRule, T0, windowsOf } from './alerts.fixture.ts'
import { compileRule } from './compiled-rule.ts'
import type { SubjectFacts } from './facts.ts'
import { GROUPING_DEFAULTS } from './grouping-policy.ts'
import { EMPTY_BOOK, tick, type AlertBook, type Tick } from './tick.ts'

const FOR_MS = 10_000
const SECOND_MS = 1_000

const rulesOf = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    compileRule(aRule({ id: `r${index}`, forMs: FOR_MS, keepFiringMs: 60_000 })),
  )

const fleetOf = (count: number, isDead: (index: number) => boolean): SubjectFacts[] =>
  Array.from({ length: count }, (_, index) =>
    isDead(index) ? aDeadProvider(`p${index}`) : aProvider(`p${index}`),
  )

/** As whoever ticks does it: first those that were not reached, then everybody else. */
class Turns {
  readonly rules: ReturnType<typeof rulesOf>
  readonly mostSteps: number
  book: AlertBook = EMPTY_BOOK
  left: readonly SubjectFacts[] = []
  #nextId = 0

  constructor(rules: number, mostSteps: number) {
    this.rules = rulesOf(rules)
    this.mostSteps = mostSteps
  }

  tick(at: number, subjects: readonly SubjectFacts[]): Tick {
    const byKey = new Map(subjects.map((facts) => [facts.key, facts]))
    const order = new Set([...this.left.map(({ key }) => key), ...byKey.keys()])
    const result = tick(this.book, {
      rules: this.rules,
      subjects: [...order].flatMap((key) => byKey.get(key) ?? []),
      enabledProviders: subjects.length,
      context: { now: T0 + at, windows: windowsOf() },
      silences: [],
      policy: GROUPING_DEFAULTS,
      channelsOf: () => ['pager'],
      newId: () => `i${this.#nextId++}`,
      mostSteps: this.mostSteps,
    })
    this.book = result.book
    this.left = result.left
    return result
  }

  get alerts(): Alert[] {
    return [...this.book.alerts.values()].flatMap((ofSubject) => [...ofSubject.values()])
  }
}

const keys = (facts: readonly SubjectFacts[]) => facts.map(({ key }) => key)

describe('a tick with more to do than it has room for', () => {
  it('looks at subjects whole, and leaves the others as they were, in their order', () => {
    const turns = new Turns(10, 25)
    const dead = fleetOf(6, () => true)
    const { left, alerts } = turns.tick(0, dead)
    expect(keys(left)).toEqual(['provider:p3', 'provider:p4', 'provider:p5'])
    expect(alerts).toHaveLength(30)
    expect([...turns.book.alerts.keys()]).toEqual(['provider:p0', 'provider:p1', 'provider:p2'])
  })

  it('ends no alert of whom it did not reach, and at once those of whom there is nobody any more', () => {
    const turns = new Turns(10, 1_000)
    for (const at of [0, SECOND_MS, FOR_MS])
      turns.tick(
        at,
        fleetOf(6, () => true),
      )
    expect(turns.alerts.filter(isActive)).toHaveLength(60)
    Object.assign(turns, { mostSteps: 5 })
    const { left, alerts } = turns.tick(
      FOR_MS + SECOND_MS,
      fleetOf(6, () => false).filter(({ key }) => key !== 'provider:p4'),
    )
    expect(alerts.filter(({ after }) => after.course.ending === 'subject_gone')).toHaveLength(10)
    expect(left.length).toBeGreaterThan(0)
    expect(turns.alerts.filter(({ course }) => course.state === 'firing')).toHaveLength(10 * left.length)
  })

  it('counts neither what is quiet nor what goes on as it was', () => {
    const turns = new Turns(20, 1)
    expect(
      turns.tick(
        0,
        fleetOf(50, () => false),
      ).left,
    ).toEqual([])
    const dead = fleetOf(50, (index) => index % 2 === 0)
    let at = 0
    for (let ticks = 0; ticks < 150; ticks += 1) turns.tick((at += SECOND_MS), dead)
    expect(turns.alerts.map(({ course }) => course.state)).toEqual(
      Array.from({ length: 500 }, () => 'firing'),
    )
    const before = turns.book
    const { left, alerts, incidents } = turns.tick(at + SECOND_MS, dead)
    expect({ left, alerts, incidents }).toEqual({ left: [], alerts: [], incidents: [] })
    expect(turns.book.alerts).toBe(before.alerts)
    expect(turns.book.looks).toBe(before.looks)
    for (const [id, incident] of turns.book.incidents) expect(incident).toBe(before.incidents.get(id))
  })

  it('does not count the quiet pairs of a subject of which there is an alert', () => {
    const turns = new Turns(1, 12)
    const quiet = Array.from({ length: 20 }, (_, index) =>
      compileRule(aRule({ id: `q${index}`, condition: { type: 'probe_cost', share: 1, of: 'spent' } })),
    )
    Object.assign(turns, { rules: [...turns.rules, ...quiet] })
    const dead = fleetOf(10, () => true)
    turns.tick(0, dead)
    expect(turns.tick(SECOND_MS, dead).left).toEqual([])
    expect(turns.alerts).toHaveLength(10)
  })

  it('decides everything as late as it takes to go round, and no later', () => {
    const worlds = fc.record({
      providers: fc.integer({ min: 1, max: 40 }),
      rules: fc.integer({ min: 1, max: 12 }),
      mostSteps: fc.integer({ min: 1, max: 60 }),
      diesAt: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 40, maxLength: 40 }),
    })
    fc.assert(
      fc.property(worlds, ({ providers, rules, mostSteps, diesAt }) => {
        const turns = new Turns(rules, mostSteps)
        const aTick = Math.max(1, Math.ceil(mostSteps / rules))
        const roundMs = Math.ceil(providers / aTick) * SECOND_MS
        const firedAt = new Map<string, number>()
        for (let at = 0; at <= 20_000 + FOR_MS + 4 * roundMs; at += SECOND_MS) {
          const subjects = fleetOf(providers, (index) => at >= (diesAt[index] ?? 0) * 1_000)
          for (const { after } of turns.tick(at, subjects).alerts)
            if (after.course.state === 'firing')
              firedAt.set(`${after.labels.ruleId} ${after.labels.providerId}`, at)
        }
        for (let index = 0; index < providers; index += 1)
          for (let rule = 0; rule < rules; rule += 1) {
            const lateMs = (firedAt.get(`r${rule} p${index}`) ?? NaN) - (diesAt[index] ?? 0) * 1_000 - FOR_MS
            // A turn until it is seen, and another until it is seen to have held.
            expect(lateMs).toBeGreaterThanOrEqual(0)
            expect(lateMs).toBeLessThanOrEqual(2 * roundMs)
          }
      }),
      { numRuns: 60 },
    )
  })

  it('tells of the same in the end: one incident, an alarm and a recovery', () => {
    const turns = new Turns(8, 20)
    const told: string[] = []
    for (let at = 0; at < 900_000; at += SECOND_MS)
      for (const { notice, incident } of turns.tick(
        at,
        fleetOf(30, () => at < 300_000),
      ).due)
        told.push(`${notice} ${incident.cause} ${incident.members.length}`)
    expect(told).toEqual(['triggered fleet 240', 'resolved fleet 240'])
    expect(turns.book.incidents.size).toBe(0)
  })

  it('sees a cause before what follows from it, so that no symptom is told alone', () => {
    const turns = new Turns(0, 1)
    const rules = [
      compileRule(aRule({ id: 'down', forMs: 60_000 })),
      compileRule(aRule({ id: 'opened', condition: { type: 'circuit_opened' }, forMs: 0 })),
    ]
    Object.assign(turns, { rules })
    const dead = [aMonitor(), aDeadProvider('p0'), aCircuit('p0', null, { state: 'open' })]
    let at = 0
    for (let ticks = 0; ticks < 60; ticks += 1) turns.tick((at += SECOND_MS), dead)
    expect([...turns.book.incidents.values()]).toEqual([])
    for (let ticks = 0; ticks < 5; ticks += 1) turns.tick((at += SECOND_MS), dead)
    const [incident] = turns.book.incidents.values()
    expect(incident?.members.map(({ labels, mute }) => [labels.condition, mute])).toEqual([
      ['provider_unhealthy', null],
      ['circuit_opened', 'provider_unhealthy'],
    ])
  })
})
