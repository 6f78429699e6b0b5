import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  aCircuit,
  aDeadProvider,
  aMonitor,
  aProvider,
  aRoute,
  aRule,
  T0,
  windowsOf,
} from './alerts.fixture.ts'
import { newAlert, stepAlert } from './alert.ts'
import { isAlarm, type AlertRule, type Course } from './course.ts'
import { ALERT_TABLE, ALERT_SIGNALS } from './alert-table.ts'
import { labelsFor, providersAmong } from './alerts.fixture.ts'
import { compileRule } from './compiled-rule.ts'
import type { SubjectFacts } from './facts.ts'
import { ROUND_MS } from './flapping.ts'
import type { GroupingPolicy } from './grouping-policy.ts'
import type { Incident } from './incident.ts'
import type { Silence } from './silence.ts'
import type { Verdict } from './verdict.ts'
import { acknowledge, bookOf, EMPTY_BOOK, tick, type AlertBook, type Tick, type TickInput } from './tick.ts'

const RULES = [
  compileRule(aRule({ id: 'down', severity: 'critical' })),
  compileRule(aRule({ id: 'degraded', condition: { type: 'provider_degraded' }, keepFiringMs: 0 })),
  compileRule(aRule({ id: 'opened', condition: { type: 'circuit_opened' }, forMs: 0 })),
  compileRule(aRule({ id: 'members', condition: { type: 'route_members', atMost: 1 } })),
  compileRule(aRule({ id: 'impaired', condition: { type: 'monitor_impaired' } })),
]
const PROVIDERS = ['p0', 'p1', 'p2', 'p3', 'p4']

type Step = {
  waitMs: number
  dead: readonly boolean[]
  open: readonly boolean[]
  isRouteDead: boolean
  isEgressDown: boolean
  do: 'nothing' | 'acknowledge' | 'restart' | 'silence' | 'unsilence' | 'drop_rule' | 'other_channels'
}

const mostly = fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.boolean() })
const five = fc.oneof(
  { weight: 3, arbitrary: fc.array(mostly, { minLength: 5, maxLength: 5 }) },
  { weight: 1, arbitrary: fc.constant([true, true, true, true, true]) },
)
const step: fc.Arbitrary<Step> = fc.record({
  // Waits cluster around the deadlines; the clock may jump a day ahead, or be set back.
  waitMs: fc.constantFrom(
    0,
    15_000,
    15_000,
    15_000,
    30_000,
    60_000,
    120_000,
    300_000,
    900_001,
    14_400_000,
    86_400_000,
    -600_000,
  ),
  dead: five,
  open: five,
  isRouteDead: mostly,
  isEgressDown: fc.oneof(
    { weight: 12, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  do: fc.oneof(
    { weight: 10, arbitrary: fc.constant('nothing' as const) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        'acknowledge',
        'restart',
        'silence',
        'unsilence',
        'drop_rule',
        'other_channels',
      ),
    },
  ),
})
/** Steps are repeated, so that what lasts lasts long enough to be told. */
const history = fc
  .array(fc.tuple(step, fc.constantFrom(1, 3, 8)), { minLength: 5, maxLength: 25 })
  .map((steps) =>
    steps.flatMap(([each, times]) =>
      Array.from({ length: times }, (_, index) => (index === 0 ? each : { ...each, do: 'nothing' as const })),
    ),
  )

const policies: fc.Arbitrary<GroupingPolicy> = fc.record({
  groupWaitMs: fc.constantFrom(0, 30_000, 120_000),
  groupIntervalMs: fc.constantFrom(60_000, 300_000),
  repeatMs: fc.constantFrom(600_000, 14_400_000),
  fleetProviders: fc.constantFrom(2, 3),
  fleetWithinMs: fc.constantFrom(15_000, 60_000),
})

const EU: Silence['matchers'] = [{ field: 'provider', operator: 'is', value: 'p1' }]

function subjectsOf({ dead, open, isRouteDead, isEgressDown }: Step): SubjectFacts[] {
  return [
    ...PROVIDERS.map((id, index) => (dead[index] === true ? aDeadProvider(id) : aProvider(id))),
    ...PROVIDERS.map((id, index) => aCircuit(id, null, { state: open[index] === true ? 'open' : 'closed' })),
    aRoute('chat', { eligible: isRouteDead ? 0 : 3 }),
    aMonitor({ isEgressDown }),
  ]
}

const WELL: Step = {
  waitMs: 30_000,
  dead: [],
  open: [],
  isRouteDead: false,
  isEgressDown: false,
  do: 'nothing',
}

/** What channels have heard of each incident. */
class Ears {
  readonly heard = new Map<string, string[]>()
  readonly sequences = new Set<string>()

  hear({ due }: Tick): void {
    for (const { incident, notice, channels, sequence } of due) {
      expect(this.sequences).not.toContain(`${incident.id} ${sequence}`)
      this.sequences.add(`${incident.id} ${sequence}`)
      expect(channels.length).toBeGreaterThan(0)
      for (const channel of channels) {
        const key = `${incident.dedupKey} ${channel}`
        this.heard.set(key, [...(this.heard.get(key) ?? []), notice])
      }
    }
  }
}

function expectSound(book: AlertBook): void {
  const open = [...book.incidents.values()]
  expect(new Set(open.map(({ cause }) => cause)).size).toBe(open.length)
  for (const incident of open) expect(incident.state).not.toBe('resolved')
  const homes = open.flatMap(({ id, members }) =>
    members
      .filter(({ state }) => state !== 'over')
      .map(({ labels }) => ({ id, key: `${labels.ruleId} ${labels.subjectKey}` })),
  )
  expect(new Set(homes.map(({ key }) => key)).size).toBe(homes.length)
}

/** An alarm that nobody muted is a member of an open incident, which is told or waits for its group wait. */
function expectNothingMissed({ book }: Tick, input: TickInput): void {
  const members = [...book.incidents.values()].flatMap((incident) =>
    incident.members.map((member) => ({ incident, member })),
  )
  for (const ofRule of book.alerts.values())
    for (const { labels, course } of ofRule.values()) {
      if (course.state !== 'firing') continue
      const home = members.find(
        ({ member }) =>
          member.state !== 'over' &&
          member.labels.ruleId === labels.ruleId &&
          member.labels.subjectKey === labels.subjectKey,
      )
      if (home === undefined) {
        // Only what something else explains may be nowhere.
        expect(book.inhibitors.monitorUntil !== null || book.inhibitors.causes.size > 0).toBe(true)
        continue
      }
      const { incident, member } = home
      const waits = input.context.now < incident.startedAt + input.policy.groupWaitMs
      if (member.mute === null) expect(waits || incident.told.lastAt !== null).toBe(true)
    }
}

it('never has two incidents of one cause, misses nothing, and ends each alarm once, to whom it was told', () => {
  fc.assert(
    fc.property(history, policies, (steps, policy) => {
      const ears = new Ears()
      let book = EMPTY_BOOK
      let now = T0
      let nextId = 0
      let rules = RULES
      let silences: readonly Silence[] = []
      let channelsOf = (incident: Incident): readonly string[] =>
        incident.severity === 'critical' ? ['pager', 'chat'] : ['chat']
      const act = (what: Step['do']): void => {
        const [first] = book.incidents.values()
        if (what === 'acknowledge' && first !== undefined)
          book = acknowledge(book, first.id, { by: 'ada', at: now, note: null })
        if (what === 'restart')
          book = bookOf(
            [...book.alerts.values()]
              .flatMap((ofRule) => [...ofRule.values()])
              .filter(({ course }) => course.state === 'pending' || isAlarm(course)),
            [...book.incidents.values()],
          )
        if (what === 'silence')
          silences = [
            {
              id: 's',
              matchers: EU,
              createdBy: 'ada',
              reason: '',
              intervals: [{ from: 0, until: Infinity }],
            },
          ]
        if (what === 'unsilence') silences = []
        if (what === 'drop_rule') rules = rules.slice(0, -1)
        if (what === 'other_channels') channelsOf = () => ['mail']
      }
      const live = (each: Step): void => {
        act(each.do)
        now += each.waitMs
        const input: TickInput = {
          rules,
          subjects: subjectsOf(each),
          enabledProviders: providersAmong(subjectsOf(each)),
          context: { now, windows: windowsOf() },
          silences,
          policy,
          channelsOf,
          newId: () => `i${nextId++}`,
        }
        const result = tick(book, input)
        ears.hear(result)
        book = result.book
        expectSound(book)
        expectNothingMissed(result, input)
        // Read once more at the same time, nothing is new.
        expect(tick(book, input)).toMatchObject({ alerts: [], incidents: [], due: [] })
      }
      for (const each of steps) live(each)
      for (const [, notices] of ears.heard) {
        expect(notices[0]).toBe('triggered')
        expect(notices.filter((notice) => notice === 'triggered')).toHaveLength(1)
        expect(notices.filter((notice) => notice === 'resolved').length).toBeLessThanOrEqual(1)
        if (notices.includes('resolved')) expect(notices.at(-1)).toBe('resolved')
      }
      for (let more = 0; more < 60; more += 1) live(WELL)
      expect(book.incidents.size).toBe(0)
      expect(book.alerts.size).toBe(0)
      for (const [, notices] of ears.heard)
        expect(notices.filter((notice) => notice === 'resolved')).toHaveLength(1)
    }),
    { numRuns: 300 },
  )
})

it('tells at most three notices to a channel of an outage of the whole fleet, however its checks are spread', () => {
  fc.assert(
    fc.property(
      // What fails a whole group wait before most others is told by itself: nobody does so in the first tick.
      fc.array(fc.integer({ min: 1, max: 39_000 }), { minLength: 8, maxLength: 60 }),
      fc.integer({ min: 5, max: 90 }),
      (phases, minutes) => {
        const notices: string[] = []
        let nextId = 0
        let book = EMPTY_BOOK
        for (let at = 0; at < (minutes + 30) * 60_000; at += 15_000) {
          const subjects = phases.map((phase, index) =>
            at >= phase && at < minutes * 60_000 + phase
              ? aDeadProvider(`p${index}`)
              : aProvider(`p${index}`),
          )
          const result = tick(book, {
            rules: RULES,
            subjects,
            enabledProviders: providersAmong(subjects),
            context: { now: T0 + at, windows: windowsOf() },
            silences: [],
            policy: {
              groupWaitMs: 30_000,
              groupIntervalMs: 300_000,
              repeatMs: 14_400_000,
              fleetProviders: 3,
              fleetWithinMs: 60_000,
            },
            channelsOf: () => ['pager'],
            newId: () => `i${nextId++}`,
          })
          notices.push(...result.due.map(({ notice }) => notice))
          book = result.book
        }
        expect(notices.length).toBeLessThanOrEqual(3)
        expect(notices[0]).toBe('triggered')
        expect(notices.at(-1)).toBe('resolved')
      },
    ),
    { numRuns: 40 },
  )
})

type Run = { isBad: boolean | null; since: number; lastAt: number }

/** Since when it has been the same, as anybody would count it. */
function runAfter(run: Run, isBad: boolean | null, at: number): Run {
  const goesOn = isBad === run.isBad && at > run.lastAt && at - run.lastAt <= 900_000
  return { isBad, since: goesOn ? run.since : at, lastAt: at }
}

const badness = (verdict: Verdict, { noData }: AlertRule): boolean | null =>
  verdict !== 'no_data' ? verdict === 'bad' : noData === 'show' ? null : noData === 'fire'

type Moved = { before: Course; after: Course; rule: AlertRule; heldMs: number }

function expectHeld({ before, after, rule, heldMs }: Moved): void {
  if (after.state === 'firing' && !isAlarm(before)) expect(heldMs).toBeGreaterThanOrEqual(rule.forMs)
  if (after.state === 'resolved' && isAlarm(before)) {
    expect(heldMs).toBeGreaterThanOrEqual(rule.keepFiringMs)
    expect(after.flaps.isFlapping).toBe(false)
  }
  expect(after.firedAt === null).toBe(!isAlarm(after) && after.state !== 'resolved')
  if (isAlarm(before) && isAlarm(after)) expect(after.firedAt).toBe(before.firedAt)
}

it('moves an alert only where the table leads, fires only what was bad for its time, and ends only what was good for its', () => {
  const rules: fc.Arbitrary<AlertRule> = fc.record({
    forMs: fc.constantFrom(0, 60_000),
    keepFiringMs: fc.constantFrom(0, 120_000),
    noData: fc.constantFrom('show', 'fire', 'ok'),
  })
  const evaluations = fc.array(
    fc.record({
      verdict: fc.constantFrom('bad', 'bad', 'good', 'good', 'no_data'),
      waitMs: fc.constantFrom(0, 15_000, 30_000, 60_000, 900_001, -60_000),
    }),
    { maxLength: 60 },
  )
  fc.assert(
    fc.property(rules, evaluations, (rule, list) => {
      let alert = newAlert(labelsFor('p1'))
      let at = T0
      let run: Run = { isBad: false, since: T0, lastAt: T0 }
      for (const { verdict, waitMs } of list) {
        at += waitMs
        const before = alert
        const describe = () => ({ value: null, sentence: '' })
        alert = stepAlert(before, { verdict, at, roundMs: ROUND_MS, describe }, rule)
        if (alert === before) continue
        run = runAfter(run, badness(verdict, rule), at)
        expect(ALERT_SIGNALS.map((signal) => ALERT_TABLE[before.course.state][signal])).toContain(
          alert.course.state,
        )
        expectHeld({ before: before.course, after: alert.course, rule, heldMs: at - run.since })
      }
    }),
    { numRuns: 1_000 },
  )
})
