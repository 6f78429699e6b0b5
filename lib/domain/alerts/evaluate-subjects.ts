import type { Alert } from './alert.ts'
import type { CompiledRule } from './compiled-rule.ts'
import { end, endingOf, evaluateSubject, type AlertChange, type Run } from './evaluate-subject.ts'
import type { EvaluationContext, SubjectFacts } from './facts.ts'
import type { Look } from './look.ts'
import { SharedCourses } from './shared-courses.ts'

/** The alerts that are not quiet, by subject key and rule: what is looked at together is kept together. */
export type AlertMap = ReadonlyMap<string, ReadonlyMap<string, Alert>>

/** What is kept of evaluations: alerts, and how their subjects were last looked at. */
export type Evaluations = { alerts: AlertMap; looks: ReadonlyMap<string, Look> }

/** What evaluations brought: `changes` of alerts, and the subjects that were not reached, in their order. */
type Reached = Evaluations & { changes: readonly AlertChange[]; left: readonly SubjectFacts[] }

type Evaluating = {
  rules: readonly CompiledRule[]
  subjects: readonly SubjectFacts[]
  context: EvaluationContext
  /** How many pairs may be worked on. */
  mostSteps: number
}

/**
 * Evaluates all rules about one subject after the other, until so many pairs of rule and subject had to be worked on: a
 * subject is looked at whole or not at all, and who was not reached stays as it was. Pairs that are quiet, and alerts that
 * go on as they were, are not counted. Alerts of subjects that are no more end.
 */
export function evaluateSubjects(
  before: Evaluations,
  { rules, subjects, context, mostSteps }: Evaluating,
): Reached {
  const enabled = rules.filter(({ rule }) => rule.isEnabled)
  const byType = Map.groupBy(enabled, ({ subjectType }) => subjectType)
  const run: Run = {
    ...{ rules, byType, context, changes: [], steps: 0 },
    ...{ courses: new SharedCourses(), sights: new Map() },
  }
  const after = new After(before)
  endGone(after, subjects, run)
  let reached = 0
  for (const facts of subjects) {
    if (run.steps >= mostSteps) break
    const known = before.alerts.get(facts.key)
    const was = known === undefined ? QUIET : { alerts: known, look: before.looks.get(facts.key) ?? null }
    const is = evaluateSubject(was, facts, run)
    if (is !== was) after.put(facts.key, is)
    reached += 1
  }
  return { alerts: after.alerts, looks: after.looks, changes: run.changes, left: subjects.slice(reached) }
}

const QUIET = { alerts: new Map<string, Alert>(), look: null }

/** Ends the alerts of subjects that are no more. */
function endGone(after: After, subjects: readonly SubjectFacts[], run: Run): void {
  if (after.alerts.size === 0) return
  const present = new Set(subjects.map(({ key }) => key))
  const gone = [...after.alerts].filter(([key]) => !present.has(key))
  if (gone.length === 0) return
  const byId = new Map(run.rules.map((each) => [each.rule.id, each]))
  for (const [key, known] of gone) {
    for (const [ruleId, alert] of known) end(alert, endingOf(byId.get(ruleId), null) ?? 'subject_gone', run)
    after.put(key, QUIET)
  }
}

/** Alerts and looks as they are afterwards: the same maps while nothing changed. */
class After {
  #alerts: AlertMap
  #looks: ReadonlyMap<string, Look>
  #own: { alerts: Map<string, ReadonlyMap<string, Alert>>; looks: Map<string, Look> } | null = null

  constructor({ alerts, looks }: Evaluations) {
    this.#alerts = alerts
    this.#looks = looks
  }

  get alerts(): AlertMap {
    return this.#own?.alerts ?? this.#alerts
  }

  get looks(): ReadonlyMap<string, Look> {
    return this.#own?.looks ?? this.#looks
  }

  put(key: string, { alerts, look }: { alerts: ReadonlyMap<string, Alert>; look: Look | null }): void {
    const own = (this.#own ??= { alerts: new Map(this.#alerts), looks: new Map(this.#looks) })
    if (alerts.size === 0) own.alerts.delete(key)
    else own.alerts.set(key, alerts)
    if (look === null) own.looks.delete(key)
    else own.looks.set(key, look)
  }
}
