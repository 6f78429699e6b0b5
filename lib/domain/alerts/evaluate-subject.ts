import { endAlert, isForgettable, newAlert, stepAlert, type Alert } from './alert.ts'
import { labelsOf, relabelled, type CompiledRule } from './compiled-rule.ts'
import type { AlertEnding } from './course.ts'
import type { EvaluationContext, SubjectFacts } from './facts.ts'
import { roundOf } from './flapping.ts'
import { changesNothing, isOf, isResting, lookOf, type Look } from './look.ts'
import type { Subject } from './notification.ts'
import { isAtRest } from './rest.ts'
import type { SharedCourses } from './shared-courses.ts'
import { shared, type SharedSights } from './shared-sights.ts'
import type { Verdict } from './verdict.ts'

/** An alert whose state, data, flapping or labels changed; `before` null: it was quiet. */
export type AlertChange = { before: Alert | null; after: Alert }

/** What all subjects of one evaluation have in common, and what has come of those that were evaluated. */
export type Run = {
  rules: readonly CompiledRule[]
  /** Those that are enabled. */
  byType: ReadonlyMap<Subject['type'], readonly CompiledRule[]>
  context: EvaluationContext
  courses: SharedCourses
  sights: SharedSights
  changes: AlertChange[]
  /** How many pairs of rule and subject had to be worked on. */
  steps: number
}

/** A subject's alerts by rule, and how it was last looked at; null without any. */
export type Evaluated = { alerts: ReadonlyMap<string, Alert>; look: Look | null }

/** One subject being evaluated. */
type Pass = {
  facts: SubjectFacts
  known: ReadonlyMap<string, Alert>
  /** The subject's alerts afterwards; null while they are as before. */
  next: Map<string, Alert> | null
  run: Run
}

/**
 * Evaluates all rules about one subject. Pairs that were quiet and are good, and alerts that go on as they were, cost a
 * verdict and nothing else; alerts of rules that are no more end. The same object where nothing is to be noted.
 */
export function evaluateSubject(before: Evaluated, facts: SubjectFacts, run: Run): Evaluated {
  const { alerts: known, look } = before
  const { rules, context } = run
  const pass: Pass = { facts, known, next: null, run }
  const isCurrent = look === null ? known.size === 0 : isOf(look, rules, facts)
  if (!isCurrent) bringUpToDate(pass)
  const ofType = run.byType.get(facts.type) ?? NO_RULES
  const rests = isCurrent && (look === null || isResting(look, context.now))
  if (!(rests ? askResting(ofType, look, pass) : askAll(ofType, pass))) return before
  const alerts = pass.next ?? known
  if (alerts.size === 0) return { alerts, look: null }
  return { alerts, look: lookOf(alerts, { facts, rules, ofType, now: context.now }) }
}

const NO_RULES: readonly CompiledRule[] = []

/** Asks about pairs that are quiet or rest, and evaluates those that do so no more; says whether there were any. */
function askResting(ofType: readonly CompiledRule[], look: Look | null, pass: Pass): boolean {
  const { facts, run } = pass
  let isAny = false
  for (let place = 0; place < ofType.length; place += 1) {
    const compiled = ofType[place]
    if (compiled?.covers(facts) !== true) continue
    const verdict = compiled.judge.verdictOf(facts, run.context)
    if (changesNothing(verdict, compiled.rule, look?.marks[place])) continue
    isAny = true
    evaluatePair(compiled, verdict, pass)
  }
  return isAny
}

function askAll(ofType: readonly CompiledRule[], pass: Pass): true {
  const { facts, run } = pass
  for (const compiled of ofType)
    if (compiled.covers(facts)) evaluatePair(compiled, compiled.judge.verdictOf(facts, run.context), pass)
  return true
}

function evaluatePair(compiled: CompiledRule, verdict: Verdict, pass: Pass): void {
  const { facts, known, run } = pass
  const { rule, judge } = compiled
  const alert = (pass.next ?? known).get(rule.id) ?? null
  if (alert === null && changesNothing(verdict, rule)) return
  run.steps += 1
  const { context, courses, sights } = run
  const look = { verdict, at: context.now, roundMs: roundOf(facts.checkIntervalMs) }
  if (alert !== null && isAtRest(alert.course, look, rule)) return put(alert, pass)
  const describe = () => shared(judge.describe(facts, context), sights)
  const before = alert ?? newAlert(labelsOf(rule, facts))
  put(stepAlert(before, { ...look, describe, stepped: courses.stepped }, rule), pass)
}

/** Keeps an alert as it is after its evaluation. */
function put(after: Alert, pass: Pass): void {
  const { known, run } = pass
  const { ruleId } = after.labels
  const before = known.get(ruleId) ?? null
  if (after === before) return
  if (isChange(before, after)) run.changes.push({ before, after })
  pass.next ??= new Map(known)
  if (isForgettable(after)) pass.next.delete(ruleId)
  else pass.next.set(ruleId, after)
}

/** Has the alerts' rules and labels be those of now; those that have none any more end. */
function bringUpToDate(pass: Pass): void {
  const { facts, known, run } = pass
  const byId = new Map(run.rules.map((each) => [each.rule.id, each]))
  for (const [ruleId, alert] of known) {
    const compiled = byId.get(ruleId)
    const ending = endingOf(compiled, facts)
    const after = compiled === undefined || ending !== null ? null : relabelled(alert, compiled.rule, facts)
    if (after === alert) continue
    pass.next ??= new Map(known)
    run.steps += 1
    if (after === null) {
      end(alert, ending ?? 'rule_deleted', run)
      pass.next.delete(ruleId)
    } else {
      pass.next.set(ruleId, after)
    }
  }
}

type Ending = Exclude<AlertEnding, 'recovered'>

/** Why an alert ends, its rule being as it is now; `facts` null: the subject is gone. Null: it does not end. */
export function endingOf(compiled: CompiledRule | undefined, facts: SubjectFacts | null): Ending | null {
  if (compiled === undefined) return 'rule_deleted'
  if (!compiled.rule.isEnabled) return 'rule_disabled'
  return facts?.type === compiled.subjectType && compiled.covers(facts) ? null : 'subject_gone'
}

/** Ends an alert. */
export function end(before: Alert, ending: Ending, { context, changes }: Run): void {
  const after = endAlert(before, ending, context.now)
  if (after !== before) changes.push({ before, after })
}

const isChange = (before: Alert | null, after: Alert): boolean =>
  before === null ||
  before.labels !== after.labels ||
  before.course.state !== after.course.state ||
  before.course.hasData !== after.course.hasData ||
  before.course.flaps.isFlapping !== after.course.flaps.isFlapping
