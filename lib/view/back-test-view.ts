import type { BackTestResult } from '#lib/contract/back-test.ts'
import { plural, spanWords } from './format.ts'
import type { PanelCondition } from './panel-condition.ts'
import { sameJson } from './provider-form-input.ts'
import { createRuleInput, type RuleForm } from './rule-form.ts'

const DAY_MS = 86_400_000

/** Over how many days a rule can be tried. */
export const BACK_TEST_DAYS = [1, 2, 7, 14, 30] as const
export type BackTestDays = (typeof BACK_TEST_DAYS)[number]

/** An answer, with the rule and the days that it is about. */
export type BackTestAnswer = { result: BackTestResult; form: RuleForm; days: BackTestDays }

/** How often a rule would have fired, over how long, in one sentence. */
export function backTestSentence({ count, ...range }: BackTestResult): string {
  const span = lengthWords(Date.parse(range.to) - Date.parse(range.from))
  if (count === 0) return `Would not have fired in ${span}`
  return `Would have fired ${count === 1 ? 'once' : plural(count, 'time')} in ${span}`
}

function lengthWords(ms: number): string {
  const days = Math.round(ms / DAY_MS)
  // A range is cut to whole stretches of history, which is not worth an odd number.
  return days > 0 && Math.abs(ms - days * DAY_MS) < DAY_MS / 24 ? plural(days, 'day') : spanWords(ms)
}

/** What must be known to trust the count, each in a sentence; nothing where all that was asked for was tried. */
export function backTestRemarks({ result, form, days }: BackTestAnswer): string[] {
  const { subjects, count, firings } = result
  const isShort = days * DAY_MS - (Date.parse(result.to) - Date.parse(result.from)) >= DAY_MS / 24
  const stillFiring = firings.filter(({ resolvedAt }) => resolvedAt === null).length
  return [
    ...(subjects.tested < subjects.covered
      ? [
          `Tried on ${subjects.tested} of ${plural(subjects.covered, nounOf(form))}; the others are not in the count.`,
        ]
      : []),
    ...(isShort ? [`The record goes back no further: it has no more of the ${plural(days, 'day')}.`] : []),
    ...(stillFiring > 0 ? [`${plural(stillFiring, 'alert')} would fire still.`] : []),
    ...(count > firings.length ? [`The first ${firings.length} are listed.`] : []),
  ]
}

/** Where on the strip each firing lies, as shares of its width. */
export function backTestMarks({ from, to, firings }: BackTestResult): { x: number; width: number }[] {
  const [start, end] = [Date.parse(from), Date.parse(to)]
  const shareAt = (at: number) => Math.min(1, Math.max(0, (at - start) / (end - start)))
  return firings.map(({ firedAt, lastedMs }) => {
    const at = Date.parse(firedAt)
    return { x: shareAt(at), width: shareAt(at + lastedMs) - shareAt(at) }
  })
}

/** How long a firing lasted; of one without an end, for how long so far. */
export const lastedWords = ({ resolvedAt, lastedMs }: BackTestResult['firings'][number]): string =>
  resolvedAt === null ? `would fire still, for ${spanWords(lastedMs)}` : `for ${spanWords(lastedMs)}`

/** Why an answer is not about what is asked now, in words; null while it is. Who is told, and how, changes no answer. */
export function outdatedWords(
  answer: BackTestAnswer,
  asked: { form: RuleForm; days: BackTestDays },
): string | null {
  if (!sameJson(judged(answer.form), judged(asked.form)))
    return 'This is of the rule as it was before your last changes.'
  return answer.days === asked.days ? null : `This is over ${plural(answer.days, 'day')}.`
}

function judged(form: RuleForm) {
  const { condition, scope, for: forTime, keepFiring, noData } = createRuleInput(form)
  return { condition, scope, forTime, keepFiring, noData }
}

/** Why an answer says nothing, in words; null where it says something. */
export function refusalWords({ result, form }: BackTestAnswer): string | null {
  const { testable, reason, subjects, from, to } = result
  if (!testable) return reason ?? 'It cannot be tried.'
  if (subjects.covered === 0) return `It covers no ${nounOf(form)}: there is nothing to try it on.`
  return from === to ? 'Nothing that it looks at is recorded yet.' : null
}

const nounOf = ({ condition }: RuleForm) => (condition.type.startsWith('circuit_') ? 'circuit' : 'provider')

/** What is known of a back-test: its newest answer, whether one is being made, and how the last try failed. */
export type BackTestFacts = {
  answer: BackTestAnswer | null
  asked: { form: RuleForm; days: BackTestDays }
  isPending: boolean
  error: { text: string; requestId: string | null } | null
}

/** What the back-test's panel has to say. */
export function backTestCondition(facts: BackTestFacts): PanelCondition {
  const { answer, asked, isPending, error } = facts
  if (answer === null) return withoutAnswer(facts)
  if (isPending) return { kind: 'refreshing' }
  const { result } = answer
  if (error !== null)
    return refusalWords(answer) === null
      ? { kind: 'failed_refresh', ...error, asOf: Date.parse(result.to), isOld: true }
      : { kind: 'failed', ...error }
  const outdated = outdatedWords(answer, asked)
  const refusal = refusalWords(answer)
  if (refusal !== null) return { kind: 'empty', text: outdated === null ? refusal : `${refusal} ${outdated}` }
  return outdated === null ? { kind: 'ready' } : { kind: 'partial', text: outdated }
}

function withoutAnswer({ isPending, error }: BackTestFacts): PanelCondition {
  if (isPending) return { kind: 'loading' }
  if (error !== null) return { kind: 'failed', ...error }
  return {
    kind: 'empty',
    text: 'Press the button, and the rule as it stands here is tried over what was recorded. Nothing is saved, and nobody is told.',
  }
}
