import type { AlertLabels } from './alert.ts'
import { matchesGlob } from './glob.ts'

export const MATCHER_FIELDS = ['provider', 'tag', 'route', 'rule', 'severity', 'condition'] as const
export type MatcherField = (typeof MATCHER_FIELDS)[number]

export const MATCHER_OPERATORS = ['is', 'is_not', 'matches'] as const
export type MatcherOperator = (typeof MATCHER_OPERATORS)[number]

/** One test of an alert. Providers, routes and rules are meant by id or by name. `matches` takes `*` and `?`. */
export type Matcher = { field: MatcherField; operator: MatcherOperator; value: string }

/** A span of time, epoch ms: `from` included, `until` excluded. */
export type Interval = { from: number; until: number }

/** A time in which alerts that match are told to nobody: a silence, or a maintenance window that comes again. */
export type Silence = {
  id: string
  /** All must hold; without any, it silences nothing. */
  matchers: readonly Matcher[]
  createdBy: string
  reason: string
  /** When it holds: one span, or those of a recurring window near to now. */
  intervals: readonly Interval[]
}

/** Whether the silence is in force at `now` (epoch ms). */
export const isInForce = ({ intervals }: Pick<Silence, 'intervals'>, now: number): boolean =>
  intervals.some(({ from, until }) => from <= now && now < until)

/** When a silence next begins or ends after `now`; null when never. */
export function nextEdge({ intervals }: Pick<Silence, 'intervals'>, now: number): number | null {
  let next: number | null = null
  for (const { from, until } of intervals)
    for (const edge of [from, until]) if (edge > now && (next === null || edge < next)) next = edge
  return next
}

/** Whether all matchers hold for the alert; no matchers match nothing. */
export const matchesAlert = (matchers: readonly Matcher[], labels: AlertLabels): boolean =>
  matchers.length > 0 && matchers.every((matcher) => holds(matcher, labels))

/** The alerts that the matchers would silence at present: "matches now: 3". */
export const matchesNow = <A extends { labels: AlertLabels }>(
  matchers: readonly Matcher[],
  alerts: readonly A[],
): A[] => alerts.filter(({ labels }) => matchesAlert(matchers, labels))

/** The silence in force that keeps the alert quiet; null when none does. */
export const silenceOf = (labels: AlertLabels, silences: readonly Silence[], now: number): Silence | null =>
  silences.find((silence) => isInForce(silence, now) && matchesAlert(silence.matchers, labels)) ?? null

function holds({ field, operator, value }: Matcher, labels: AlertLabels): boolean {
  const values = VALUES[field](labels)
  if (operator === 'is') return values.includes(value)
  // What is not about a provider is not "not about openai": a negation needs something to deny.
  if (operator === 'is_not') return (field === 'tag' || values.length > 0) && !values.includes(value)
  return values.some((each) => matchesGlob(value, each))
}

const VALUES: Readonly<Record<MatcherField, (labels: AlertLabels) => readonly string[]>> = {
  provider: ({ providerId, subject }) =>
    providerId === null || subject.type === 'monitor' ? [] : [providerId, subject.name],
  tag: ({ tags }) => tags,
  route: ({ subject }) => (subject.type === 'route' ? [subject.id, subject.name] : []),
  rule: ({ ruleId, ruleName }) => [ruleId, ruleName],
  severity: ({ severity }) => [severity],
  condition: ({ condition }) => [condition],
}
