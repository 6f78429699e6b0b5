import { compileRule } from '#lib/domain/alerts/compiled-rule.ts'
import { GROUPING_DEFAULTS } from '#lib/domain/alerts/grouping-policy.ts'
import type { Incident } from '#lib/domain/alerts/incident.ts'
import { EMPTY_BOOK, tick, type AlertBook } from '#lib/domain/alerts/tick.ts'
import { FIRST_RULES } from '#lib/services/alerts/first-rules.ts'
import { measureOf, type Measure } from './report.ts'
import { diceOf, type Weather, YEAR_MS, yearOfWeather } from './weather-script.ts'
import { spread, WordTimes } from './weather-words.ts'
import {
  CANARY_MS,
  check,
  CHECK_MS,
  factsAt,
  newFleet,
  type Provider,
  PROVIDERS,
  type Sent,
  T0,
  windowsAt,
} from './weather-world.ts'

const measure = measureOf('weather')

const SEED = 20_261_128
/** Traffic to a provider between two checks, where there is any. */
const CALLS = 10
const TICK_MS = 1_250
/** After the last thing that happened the watch goes on for so long. */
const CALM_AFTER_MS = 45 * 60_000
/** How long after the end of an outage its incident may begin and still be about it. */
const LATE_MS = 5 * 60_000

const RULES = FIRST_RULES.map(compileRule)

const KINDS = ['outage', 'flap', 'brownout', 'fleet', 'ourNetwork'] as const

/** A year of outages, blips, flaps, brown-outs and of our own network's troubles, through what decides. */
export default function weather(): Promise<Measure[]> {
  const year = yearWith(CALLS)
  const { real, told, matched, missed, sent } = year
  const checksAlone = yearWith(0)
  return Promise.resolve([
    measure('real outages in the year', [real.length, '']),
    measure('incidents a real outage', [matched.length / real.length, ''], { at: 'most', value: 1 }),
    ...ofKinds('incidents', year),
    ...delays('alarm', year),
    measure('outages that nobody was told of', [missed.length, ''], { at: 'most', value: 0 }),
    measure('false alarms', [told.length - matched.length, ''], { at: 'most', value: 0 }),
    measure(
      'with checks alone, no traffic: incidents a real outage',
      [checksAlone.matched.length / checksAlone.real.length, ''],
      { at: 'most', value: 1 },
    ),
    ...ofKinds('the same', checksAlone),
    ...delays('the same: alarm', checksAlone),
    measure('the same: nobody told', [checksAlone.missed.length, ''], { at: 'most', value: 0 }),
    measure('the same: false alarms', [checksAlone.told.length - checksAlone.matched.length, ''], {
      at: 'most',
      value: 0,
    }),
    measure('notifications to a channel, recoveries and reminders included', [sent.notices, '']),
    measure('"alert on every failed check" would have sent', [sent.everyFailure, '']),
    measure('"3 in a row" would have sent', [sent.threeInARow, '']),
  ])
}

type Year = ReturnType<typeof yearWith>

const ofKinds = (name: string, { real, matched }: Pick<Year, 'real' | 'matched'>): Measure[] =>
  KINDS.map((kind) =>
    measure(`${name}, each ${kind}`, [
      matched.filter((incident) => real.some((one) => one.kind === kind && isAbout(incident, one))).length /
        real.filter((one) => one.kind === kind).length,
      '',
    ]),
  )

/** How long after the beginning of an outage the alarm went out, and after its end that it is over. */
function delays(name: string, { real, told, words }: Year): Measure[] {
  const idsOf = (one: Weather) =>
    told.filter((incident) => isAbout(incident, one)).map((incident) => incident.id)
  const late = (from: number, at: number | null) => (at === null ? [] : [at - T0 - from])
  const alarms = spread(real.flatMap((one) => late(one.from, words.firstAlarmAt(idsOf(one)))))
  const ends = ['outage', 'flap', 'brownout'].map((kind) => {
    const ofKind = real.filter((one) => one.kind === kind)
    const { medianMin, longestMin } = spread(
      ofKind.flatMap((one) => late(one.to, words.lastOverAt(idsOf(one)))),
    )
    return [
      measure(`${name} over after the end of each ${kind}, median`, [medianMin, 'min']),
      measure(`${name} over after the end of each ${kind}, longest`, [longestMin, 'min']),
    ]
  })
  return [
    measure(`${name} after the beginning, median`, [alarms.medianMin, 'min']),
    measure(`${name} after the beginning, longest`, [alarms.longestMin, 'min']),
    ...ends.flat(),
  ]
}

/** What became of the year with so many calls of traffic between two checks. */
function yearWith(calls: number) {
  const dice = diceOf(SEED)
  const script = yearOfWeather(PROVIDERS, dice)
  const { incidents, sent, words } = live(script, dice, calls)
  const real = script.filter(({ isReal }) => isReal)
  const told = incidents.filter(({ told: { lastAt }, mergedInto }) => lastAt !== null && mergedInto === null)
  const matched = told.filter((incident) => real.some((one) => isAbout(incident, one)))
  const missed = real.filter((one) => !told.some((incident) => isAbout(incident, one)))
  return { real, told, matched, missed, sent, words }
}

/** Whether an incident is the one that an outage ought to be. */
function isAbout({ cause, startedAt }: Incident, { kind, provider, from, to }: Weather): boolean {
  const at = startedAt - T0
  if (at < from || at > to + LATE_MS) return false
  if (kind === 'ourNetwork') return cause === 'monitor'
  return kind === 'fleet' ? cause === 'fleet' : cause === `provider:p${provider}`
}

/** Lives through the year; hours in which nothing happens and nothing is open are skipped. */
function live(script: readonly Weather[], dice: () => number, calls: number) {
  const providers = newFleet()
  const sent: Sent = { everyFailure: 0, threeInARow: 0, notices: 0 }
  const incidents = new Map<string, Incident>()
  const words = new WordTimes()
  let book = EMPTY_BOOK
  let next = 0
  let current: Weather[] = []
  let calmFrom = 0
  for (let at = 0; at < YEAR_MS; at += TICK_MS) {
    for (let one = script[next]; one !== undefined && one.from <= at; one = script[++next]) current.push(one)
    if (current.length > 0) {
      calmFrom = at + CALM_AFTER_MS
      current = current.filter(({ to }) => to + CANARY_MS > at)
    }
    if (isCalm(book, current) && at > calmFrom) {
      at = skipTo(script[next]?.from ?? YEAR_MS, at)
      continue
    }
    check(providers, current, { at, dice, sent, calls })
    const result = look(book, providers, { current, at })
    book = result.book
    sent.notices += result.due.length
    words.note(result, T0 + at)
    for (const incident of result.incidents) incidents.set(incident.id, incident)
  }
  return { incidents: [...incidents.values()], sent, words }
}

const isCalm = (book: AlertBook, current: readonly Weather[]): boolean =>
  book.incidents.size === 0 && current.length === 0

/** A multiple of the tick and of the checks' interval, some minutes before the next thing happens. */
function skipTo(next: number, at: number): number {
  const before = Math.floor((next - 10 * 60_000) / CHECK_MS) * CHECK_MS
  return Math.max(at, before - TICK_MS)
}

type Sight = { current: readonly Weather[]; at: number }

let ids = 0
const look = (book: AlertBook, providers: readonly Provider[], { current, at }: Sight) =>
  tick(book, {
    rules: RULES,
    subjects: factsAt(providers, current, at),
    enabledProviders: PROVIDERS,
    context: { now: T0 + at, windows: windowsAt(providers, T0 + at) },
    silences: [],
    policy: GROUPING_DEFAULTS,
    channelsOf: () => ['pager'],
    newId: () => `incident-${(ids += 1)}`,
  })
