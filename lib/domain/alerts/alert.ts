import type { ConditionType } from './condition.ts'
import { QUIET_HISTORY, isSameRound, isSteady, recordFlap, type FlapHistory } from './flapping.ts'
import type { Severity } from './incident.ts'
import type { Subject } from './notification.ts'
import { ALERT_TABLE, type AlertSignal, type AlertState } from './alert-table.ts'
import { FOR_EVALUATIONS, KEEP_FIRING_ROUNDS, type Rule } from './rule.ts'
import type { Seen, Verdict } from './verdict.ts'

/** What is told of an alert, and what silences and inhibition look at; it outlives the rule. */
export type AlertLabels = {
  ruleId: string
  ruleName: string
  severity: Severity
  condition: ConditionType
  runbookUrl: string | null
  subject: Subject
  subjectKey: string
  providerId: string | null
  tags: readonly string[]
}

export type AlertEnding = 'recovered' | 'rule_deleted' | 'rule_disabled' | 'subject_gone'

/** Somebody has seen it. */
export type Acknowledgement = { by: string; at: number; note: string | null }

/** A rule about one subject. Times are epoch ms. */
export type Alert = {
  labels: AlertLabels
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
  /** Holds until it is resolved. */
  acknowledgement: Acknowledgement | null
  /** False while it is shown for want of data. */
  hasData: boolean
  /** What was seen when it last turned bad. */
  seen: Seen | null
  flaps: FlapHistory
}

/** What a step needs of the rule. */
export type AlertRule = Pick<Rule, 'forMs' | 'keepFiringMs' | 'noData'>

/** One evaluation, in a round of so long (`roundOf`); `describe` is asked only when the alert turns bad. */
export type Evaluation = { verdict: Verdict; at: number; roundMs: number; describe: () => Seen }

/**
 * A pause between evaluations after which what is to hold begins anew: the machine slept, or the process was down, and
 * nobody knows what was in between.
 */
export const EVALUATION_GAP_MS = 15 * 60_000

/** An alert before its first evaluation. */
export const newAlert = (labels: AlertLabels): Alert => ({
  labels,
  state: 'inactive',
  since: -Infinity,
  runSince: -Infinity,
  runEvaluations: 0,
  lastAt: -Infinity,
  firedAt: null,
  resolvedAt: null,
  ending: null,
  acknowledgement: null,
  hasData: true,
  seen: null,
  flaps: QUIET_HISTORY,
})

/**
 * The alert after one evaluation. The same evaluation told twice changes nothing (the same object comes back); flapping
 * raises no alarm, it only keeps one from being over.
 */
export function stepAlert(alert: Alert, evaluation: Evaluation, rule: AlertRule): Alert {
  const { at, roundMs } = evaluation
  if (at === alert.lastAt) return alert
  const isBad = badness(evaluation.verdict, rule)
  const flaps = recordFlap(alert.flaps, { isBad, at, roundMs })
  const hasData = evaluation.verdict !== 'no_data'
  const firesOn = alert.state === 'firing' && isBad !== false
  if (firesOn && flaps === alert.flaps && hasData === alert.hasData) return alert
  const run = runOf(alert, isBad, evaluation)
  const to = ALERT_TABLE[alert.state][signalOf(isBad, { run, rule, at, isFlapping: flaps.isFlapping })]
  const { runSince, runEvaluations } = run
  const next: Alert = { ...alert, runSince, runEvaluations, flaps, hasData, lastAt: at }
  if (to !== alert.state) move(next, to, evaluation)
  return next
}

/** The alert when its rule or its subject is no more: what fired is resolved, with that reason; else it is forgotten. */
export function endAlert(alert: Alert, ending: Exclude<AlertEnding, 'recovered'>, at: number): Alert {
  const to = ALERT_TABLE[alert.state].gone
  if (to === alert.state) return alert
  const next: Alert = { ...alert, flaps: QUIET_HISTORY }
  enter(next, to, at)
  next.ending = to === 'resolved' ? ending : null
  return next
}

/** The alert with somebody's acknowledgement; unchanged unless it fires or recovers, or when somebody was first. */
export const acknowledgeAlert = (alert: Alert, acknowledgement: Acknowledgement): Alert =>
  isActive(alert) && alert.acknowledgement === null ? { ...alert, acknowledgement } : alert

/** Whether it is an alarm at present: firing or recovering. */
export const isActive = ({ state }: Pick<Alert, 'state'>): boolean =>
  state === 'firing' || state === 'recovering'

/** Whether it need not be kept: nothing is going on, and nothing of its history would be missed. */
export const isForgettable = (alert: Alert): boolean =>
  (alert.state === 'inactive' || alert.state === 'resolved') && isSteady(alert.flaps)

type Run = Pick<Alert, 'runSince' | 'runEvaluations'>

function badness(verdict: Verdict, { noData }: AlertRule): boolean | null {
  if (verdict !== 'no_data') return verdict === 'bad'
  return noData === 'show' ? null : noData === 'fire'
}

/**
 * The run that counts towards the next state: of bad evaluations before it fires, of good rounds after. An alarm must
 * not wait for a round: what makes it bad has been confirmed before, by several checks or by a window. That it is over
 * is to be seen anew, and most evaluations of a round look at the same check.
 */
function runOf(alert: Alert, isBad: boolean | null, { at, roundMs }: Evaluation): Run {
  // What nobody saw breaks a run.
  if (isBad === null) return { runSince: at, runEvaluations: 0 }
  const goesOn =
    (isBad ? alert.state === 'pending' : alert.state === 'recovering') &&
    alert.runEvaluations > 0 &&
    at > alert.lastAt &&
    at - alert.lastAt <= EVALUATION_GAP_MS
  if (!goesOn) return { runSince: at, runEvaluations: 1 }
  const isCounted = isBad || !isSameRound(at, alert.lastAt, roundMs)
  return { runSince: alert.runSince, runEvaluations: alert.runEvaluations + (isCounted ? 1 : 0) }
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

/** Moves an alert that nobody else has yet. */
function move(next: Alert, to: AlertState, { at, describe }: Evaluation): void {
  enter(next, to, at)
  if (to === 'pending' || to === 'firing') next.seen = describe()
  if (to === 'resolved') next.ending = 'recovered'
}

function enter(next: Alert, to: AlertState, at: number): void {
  const wasActive = isActive(next)
  next.state = to
  next.since = at
  if (to === 'resolved') next.resolvedAt = at
  if (to === 'resolved' || to === 'recovering' || (to === 'firing' && wasActive)) return
  next.firedAt = to === 'firing' ? at : null
  next.resolvedAt = null
  next.ending = null
  next.acknowledgement = null
}
