import {
  endAlert,
  isForgettable,
  newAlert,
  stepAlert,
  type Alert,
  type AlertEnding,
  type AlertLabels,
} from './alert.ts'
import type { EvaluationContext, SubjectFacts } from './facts.ts'
import { roundOf } from './flapping.ts'
import { judgeOf } from './judge.ts'
import type { Subject } from './notification.ts'
import { scopeTest, subjectTypeOf, type Rule } from './rule.ts'
import type { Judge, Verdict } from './verdict.ts'

/** A rule made ready to be asked about many subjects. */
export type CompiledRule = {
  rule: Rule
  subjectType: Subject['type']
  covers: (facts: SubjectFacts) => boolean
  judge: Judge
}

/** The alerts that are not quiet, by rule and subject key. */
export type AlertMap = ReadonlyMap<string, ReadonlyMap<string, Alert>>

/** An alert whose state, data, flapping or labels changed; `before` null: it was quiet. */
export type AlertChange = { before: Alert | null; after: Alert }

/** Makes a rule ready; to be done once for each of its versions. */
export const compileRule = (rule: Rule): CompiledRule => ({
  rule,
  subjectType: subjectTypeOf(rule),
  covers: scopeTest(rule.scope),
  judge: judgeOf(rule.condition),
})

type Evaluated = {
  rules: readonly CompiledRule[]
  subjects: readonly SubjectFacts[]
  context: EvaluationContext
}

/**
 * Evaluates every rule about every subject that it covers. Pairs that were quiet and are good cost a verdict and nothing
 * else; alerts of rules and subjects that are no more end. Returns the alerts afterwards and what changed.
 */
export function evaluateRules(
  before: AlertMap,
  { rules, subjects, context }: Evaluated,
): { alerts: AlertMap; changes: AlertChange[] } {
  const changes: AlertChange[] = []
  const alerts = new Map<string, ReadonlyMap<string, Alert>>()
  const byType = Map.groupBy(subjects, ({ type }) => type)
  let byKey: Map<string, SubjectFacts> | null = null
  // Only where something goes on: most of the time nothing does.
  const factsOf = (key: string) => (byKey ??= new Map(subjects.map((facts) => [facts.key, facts]))).get(key)
  const ruleIds = new Set(rules.map(({ rule }) => rule.id))
  for (const each of rules) {
    const known = before.get(each.rule.id) ?? NONE
    const pass: Pass = { compiled: each, known, context, changes, next: null }
    if (each.rule.isEnabled) evaluateRule(byType.get(each.subjectType) ?? [], pass)
    endUncovered(pass, factsOf)
    if ((pass.next ?? known).size > 0) alerts.set(each.rule.id, pass.next ?? known)
  }
  for (const [ruleId, known] of before) if (!ruleIds.has(ruleId)) endAll(known.values(), { context, changes })
  return { alerts, changes }
}

const NONE: ReadonlyMap<string, Alert> = new Map()

type Pass = {
  compiled: CompiledRule
  known: ReadonlyMap<string, Alert>
  context: EvaluationContext
  changes: AlertChange[]
  /** The rule's alerts afterwards; null while they are as before. */
  next: Map<string, Alert> | null
}

function evaluateRule(subjects: readonly SubjectFacts[], pass: Pass): void {
  const { compiled, known, context } = pass
  const { judge, covers, rule } = compiled
  for (const facts of subjects) {
    if (!covers(facts)) continue
    const verdict = judge.verdictOf(facts, context)
    const isQuiet = verdict === 'good' || (verdict === 'no_data' && rule.noData !== 'fire')
    if (isQuiet && known.size === 0) continue
    const before = known.get(facts.key) ?? null
    if (isQuiet && before === null) continue
    stepPair(facts, { before, verdict }, pass)
  }
}

function stepPair(facts: SubjectFacts, pair: { before: Alert | null; verdict: Verdict }, pass: Pass): void {
  const { compiled, context } = pass
  const { before, verdict } = pair
  const described =
    before === null ? newAlert(labelsOf(compiled.rule, facts)) : relabelled(before, compiled.rule, facts)
  const describe = () => compiled.judge.describe(facts, context)
  const roundMs = roundOf(facts.checkIntervalMs)
  const after = stepAlert(described, { verdict, at: context.now, roundMs, describe }, compiled.rule)
  if (after === before) return
  if (isChange(before, after)) pass.changes.push({ before, after })
  pass.next ??= new Map(pass.known)
  if (isForgettable(after)) pass.next.delete(facts.key)
  else pass.next.set(facts.key, after)
}

function endUncovered(pass: Pass, factsOf: (key: string) => SubjectFacts | undefined): void {
  const { compiled, known, context, changes } = pass
  for (const [key, alert] of known) {
    const facts = factsOf(key)
    const isCovered = facts?.type === compiled.subjectType && compiled.covers(facts)
    if (compiled.rule.isEnabled && isCovered) continue
    end(alert, { ending: compiled.rule.isEnabled ? 'subject_gone' : 'rule_disabled', context, changes })
    pass.next ??= new Map(known)
    pass.next.delete(key)
  }
}

function endAll(alerts: Iterable<Alert>, { context, changes }: Omit<End, 'ending'>): void {
  for (const alert of alerts) end(alert, { ending: 'rule_deleted', context, changes })
}

type End = { ending: Exclude<AlertEnding, 'recovered'>; context: EvaluationContext; changes: AlertChange[] }

function end(before: Alert, { ending, context, changes }: End): void {
  const after = endAlert(before, ending, context.now)
  if (after !== before) changes.push({ before, after })
}

const isChange = (before: Alert | null, after: Alert): boolean =>
  before === null ||
  before.state !== after.state ||
  before.hasData !== after.hasData ||
  before.flaps.isFlapping !== after.flaps.isFlapping ||
  before.labels !== after.labels

/** What is told of a rule about a subject. */
export const labelsOf = (
  { id, name, severity, condition, runbookUrl }: Rule,
  facts: SubjectFacts,
): AlertLabels => ({
  ruleId: id,
  ruleName: name,
  severity,
  condition: condition.type,
  runbookUrl,
  subject: facts.subject,
  subjectKey: facts.key,
  providerId: facts.providerId,
  tags: facts.tags,
})

const isSameList = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((each, index) => each === b[index]))

function relabelled(alert: Alert, rule: Rule, facts: SubjectFacts): Alert {
  const { labels } = alert
  const isSame =
    labels.ruleName === rule.name &&
    labels.severity === rule.severity &&
    labels.runbookUrl === rule.runbookUrl &&
    labels.condition === rule.condition.type &&
    isSameList(labels.tags, facts.tags)
  return isSame ? alert : { ...alert, labels: labelsOf(rule, facts) }
}
