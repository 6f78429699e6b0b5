import type { Alert, AlertLabels } from './alert.ts'
import type { SubjectFacts } from './facts.ts'
import { judgeOf } from './judge.ts'
import type { Subject } from './notification.ts'
import { scopeTest, subjectTypeOf, type Rule } from './rule.ts'
import type { Judge } from './verdict.ts'

/** A rule made ready to be asked about many subjects. */
export type CompiledRule = {
  rule: Rule
  subjectType: Subject['type']
  covers: (facts: SubjectFacts) => boolean
  judge: Judge
}

/** Makes a rule ready; to be done once for each of its versions. */
export const compileRule = (rule: Rule): CompiledRule => ({
  rule,
  subjectType: subjectTypeOf(rule),
  covers: scopeTest(rule.scope),
  judge: judgeOf(rule.condition),
})

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

/** Whether two lists say the same. */
export const isSameList = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((each, index) => each === b[index]))

/** The alert with the labels of its rule and subject as they are now; the same object where these are the same. */
export function relabelled(alert: Alert, rule: Rule, facts: SubjectFacts): Alert {
  const { labels } = alert
  const isSame =
    labels.ruleName === rule.name &&
    labels.severity === rule.severity &&
    labels.runbookUrl === rule.runbookUrl &&
    labels.condition === rule.condition.type &&
    isSameList(labels.tags, facts.tags)
  return isSame ? alert : { ...alert, labels: labelsOf(rule, facts) }
}
