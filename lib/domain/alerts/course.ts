import { ALERT_TABLE, type AlertSignal, type AlertState } from './alert-table.ts'
import { isSameRound, isSteady, QUIET_HISTORY, recordFlap, type FlapHistory } from './flapping.ts'
import { FOR_EVALUATIONS, KEEP_FIRING_ROUNDS, type Rule } from './rule.ts'
import type { Verdict } from './verdict.ts'

export type AlertEnding = 'recovered' | 'rule_deleted' | 'rule_disabled' | 'subject_gone'

/**
 * How an alert has gone so far. It says nothing of whose it is: hundreds of thousands that went the same way share one.
 * Times are epoch ms.
 */
export type Course = {
  state: AlertState
  /** When the present state began. */
  since: number
  /**
   * Since when it is bad (pending) or good again (recovering) without a break; and in how many evaluations, or in how
   * many rounds of them when it is good.
   */
  runSince: number
  runEvaluations: number
  /** The newest evaluation. */
  lastAt: number
  /** When it fired; null before. */
  firedAt: number | null
  resolvedAt: number | null
  ending: AlertEnding | null
  /** False while it is shown for want of data. */
  hasData: boolean
  flaps: FlapHistory
}

/** What a step needs of the rule. */
export type AlertRule = Pick<Rule, 'forMs' | 'keepFiringMs' | 'noData'>

/** One look, in a round of so long (`roundOf`). */
export type CourseLook = { verdict: Verdict; at: number; roundMs: number }

/**
 * A pause between evaluations after which what is to hold begins anew: the machine slept, or the process was down, and
 * nobody knows what was in between.
 */
export const EVALUATION_GAP_MS = 15 * 60_000

/** The course of what has never been looked at. */
export const NEW_COURSE: Course = Object.freeze({
  state: 'inactive',
  since: -Infinity,
  runSince: -Infinity,
  runEvaluations: 0,
  lastAt: -Infinity,
  firedAt: null,
  resolvedAt: null,
  ending: null,
  hasData: true,
  flaps: QUIET_HISTORY,
})

/**
 * The course after one look. The same look told twice changes nothing (the same object comes back); flapping raises no
 * alarm, it only keeps one from being over.
 */
export function stepCourse(course: Course, look: CourseLook, rule: AlertRule): Course {
  const { at, roundMs } = look
  if (at === course.lastAt) return course
  const isBad = badness(look.verdict, rule)
  const flaps = recordFlap(course.flaps, { isBad, at, roundMs })
  const hasData = look.verdict !== 'no_data'
  const firesOn = course.state === 'firing' && isBad !== false
  if (firesOn && flaps === course.flaps && hasData === course.hasData) return course
  const run = runOf(course, isBad, look)
  const to = ALERT_TABLE[course.state][signalOf(isBad, { run, rule, at, isFlapping: flaps.isFlapping })]
  const { runSince, runEvaluations } = run
  const next: Course = { ...course, runSince, runEvaluations, flaps, hasData, lastAt: at }
  if (to === course.state) return next
  enter(next, to, at)
  if (to === 'resolved') next.ending = 'recovered'
  return next
}

/** The course when rule or subject is no more: what fired is resolved, with that reason; else nothing is going on. */
export function endCourse(course: Course, ending: Exclude<AlertEnding, 'recovered'>, at: number): Course {
  const to = ALERT_TABLE[course.state].gone
  if (to === course.state) return course
  const next: Course = { ...course, flaps: QUIET_HISTORY }
  enter(next, to, at)
  next.ending = to === 'resolved' ? ending : null
  return next
}

/** Whether it is an alarm at present: firing or recovering. */
export const isAlarm = ({ state }: Pick<Course, 'state'>): boolean =>
  state === 'firing' || state === 'recovering'

/** Whether the state that was entered is not of the alarm before, so that nothing said of that holds any longer. */
export const beginsAnew = (before: Course, after: Course): boolean =>
  after.state !== before.state && isNew(after.state, isAlarm(before))

/** Whether nothing is going on, and nothing of its history would be missed. */
export const isOver = ({ state, flaps }: Course): boolean =>
  (state === 'inactive' || state === 'resolved') && isSteady(flaps)

type Run = Pick<Course, 'runSince' | 'runEvaluations'>

function badness(verdict: Verdict, { noData }: AlertRule): boolean | null {
  if (verdict !== 'no_data') return verdict === 'bad'
  return noData === 'show' ? null : noData === 'fire'
}

/**
 * The run that counts towards the next state: of bad evaluations before it fires, of good rounds after. An alarm must
 * not wait for a round: what makes it bad has been confirmed before, by several checks or by a window. That it is over
 * is to be seen anew, and most evaluations of a round look at the same check.
 */
function runOf(course: Course, isBad: boolean | null, { at, roundMs }: CourseLook): Run {
  // What nobody saw breaks a run.
  if (isBad === null) return { runSince: at, runEvaluations: 0 }
  const goesOn =
    (isBad ? course.state === 'pending' : course.state === 'recovering') &&
    course.runEvaluations > 0 &&
    at > course.lastAt &&
    at - course.lastAt <= EVALUATION_GAP_MS
  if (!goesOn) return { runSince: at, runEvaluations: 1 }
  const isCounted = isBad || !isSameRound(at, course.lastAt, roundMs)
  return { runSince: course.runSince, runEvaluations: course.runEvaluations + (isCounted ? 1 : 0) }
}

type Held = { run: Run; rule: AlertRule; at: number; isFlapping: boolean }

function signalOf(isBad: boolean | null, { run, rule, at, isFlapping }: Held): AlertSignal {
  if (isBad === null) return 'none'
  const [heldMs, evaluations] = isBad
    ? [rule.forMs, FOR_EVALUATIONS]
    : [rule.keepFiringMs, KEEP_FIRING_ROUNDS]
  const isHeld = heldMs === 0 || (at - run.runSince >= heldMs && run.runEvaluations >= evaluations)
  if (isBad) return isHeld ? 'bad_held' : 'bad'
  return isHeld && !isFlapping ? 'good_held' : 'good'
}

/** Moves a course that nobody else has yet. */
function enter(next: Course, to: AlertState, at: number): void {
  const wasAlarm = isAlarm(next)
  next.state = to
  next.since = at
  if (to === 'resolved') next.resolvedAt = at
  if (!isNew(to, wasAlarm)) return
  next.firedAt = to === 'firing' ? at : null
  next.resolvedAt = null
  next.ending = null
}

/** Whether a state, as it is entered, is not that of the alarm before. */
const isNew = (to: AlertState, wasAlarm: boolean): boolean =>
  to !== 'resolved' && to !== 'recovering' && !(to === 'firing' && wasAlarm)
