import { isActive, newAlert, stepAlert, type Alert } from './alert.ts'
import { compileRule, labelsOf } from './compiled-rule.ts'
import type { SubjectFacts, Windows } from './facts.ts'
import { roundOf } from './flapping.ts'
import type { Subject } from './notification.ts'
import type { Rule } from './rule.ts'

/** One subject as it was at one time, `at` in epoch ms. */
export type RecordedEvaluation = { at: number; facts: SubjectFacts; windows: Windows }

/** One time that the rule would have fired; `resolvedAt` null: it would be firing still at the end of the record. */
export type WouldFire = { subject: Subject; firedAt: number; resolvedAt: number | null; sentence: string }

/** `evaluations`: how many of the record the rule covers; without any, nothing can be said about it. */
export type BackTest = { firings: readonly WouldFire[]; evaluations: number }

/**
 * When a rule would have fired, whether enabled or not, over recorded evaluations in the order of their time, by the
 * very step that runs live. Silences, inhibition and grouping are not asked.
 */
export function backTest(rule: Rule, record: Iterable<RecordedEvaluation>): BackTest {
  const compiled = compileRule(rule)
  const alerts = new Map<string, Alert>()
  const firings = new Map<string, WouldFire[]>()
  let evaluations = 0
  for (const { at, facts, windows } of record) {
    if (facts.type !== compiled.subjectType || !compiled.covers(facts)) continue
    evaluations += 1
    const context = { now: at, windows }
    const verdict = compiled.judge.verdictOf(facts, context)
    const before = alerts.get(facts.key) ?? newAlert(labelsOf(rule, facts))
    const describe = () => compiled.judge.describe(facts, context)
    const roundMs = roundOf(facts.checkIntervalMs)
    const after = stepAlert(before, { verdict, at, roundMs, describe }, rule)
    alerts.set(facts.key, after)
    firings.set(facts.key, noted(firings.get(facts.key) ?? [], before, after))
  }
  return { firings: [...firings.values()].flat().sort((a, b) => a.firedAt - b.firedAt), evaluations }
}

function noted(firings: readonly WouldFire[], before: Alert, after: Alert): WouldFire[] {
  const last = firings.at(-1)
  if (isActive(after) && !isActive(before)) return [...firings, wouldFire(after)]
  if (isActive(after) || !isActive(before) || last === undefined) return [...firings]
  return [...firings.slice(0, -1), { ...last, resolvedAt: after.course.since }]
}

const wouldFire = ({ labels, course, seen }: Alert): WouldFire => ({
  subject: labels.subject,
  firedAt: course.since,
  resolvedAt: null,
  sentence: seen?.sentence ?? '',
})
