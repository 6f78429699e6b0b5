import type { Bucket, Check } from '#lib/contract/check.ts'
import { OUTCOME_CLASSES, type OutcomeClass } from '#lib/domain/outcome.ts'
import { formatCount, plural } from './format.ts'
import { CLASS_WORDS, errorWords } from './outcome-words.ts'
import { topSeries } from './top-series.ts'

/** Classes that are shown as errors of a provider. */
export const ERROR_CLASSES = [
  'provider_error',
  'rate_limited',
  'credentials',
] as const satisfies readonly OutcomeClass[]
export type ErrorClass = (typeof ERROR_CLASSES)[number]

/** One bar; `share` is of the longest bar, 0..1. */
export type ErrorBar = { label: string; count: number; share: number }

export type ErrorsView = {
  total: number
  byClass: readonly { class: OutcomeClass; label: string; count: number }[]
  /** What went wrong, most frequent first, at most eight. */
  byKind: readonly ErrorBar[]
  byModel: readonly ErrorBar[]
  /** What the bars leave out, in words: "8 of 11 kinds, of the newest 300"; null when nothing. */
  leftOut: string | null
  summary: string
}

/** The classes to ask the log for, being those that occurred. */
export const errorClassesIn = (buckets: readonly Bucket[]): ErrorClass[] =>
  ERROR_CLASSES.filter((errorClass) => buckets.some(({ byClass }) => (byClass[errorClass] ?? 0) > 0))

/** The errors of a range: totals by class from all of it, kinds and models from the newest failures. */
export function errorsView(buckets: readonly Bucket[], newest: readonly Check[]): ErrorsView {
  const count = (outcomeClass: OutcomeClass) =>
    buckets.reduce((sum, { byClass }) => sum + (byClass[outcomeClass] ?? 0), 0)
  const byClass = OUTCOME_CLASSES.filter((outcomeClass) => outcomeClass !== 'ok')
    .map((outcomeClass) => ({
      class: outcomeClass,
      label: CLASS_WORDS[outcomeClass],
      count: count(outcomeClass),
    }))
    .filter((one) => one.count > 0)
  const total = byClass
    .filter(({ class: outcomeClass }) => (ERROR_CLASSES as readonly OutcomeClass[]).includes(outcomeClass))
    .reduce((sum, one) => sum + one.count, 0)
  const kinds = barsOf(newest.map(errorWords))
  const models = barsOf(newest.flatMap(({ model }) => (model === null ? [] : [model])))
  return {
    total,
    byClass,
    byKind: kinds.bars,
    byModel: models.bars,
    leftOut: leftOutWords(kinds.words, newest.length < total ? newest.length : null),
    summary: summaryOf(total, kinds.bars),
  }
}

function leftOutWords(kinds: string | null, newest: number | null): string | null {
  const parts = [
    ...(kinds === null ? [] : [`${kinds} kinds`]),
    ...(newest === null
      ? []
      : [newest === 0 ? 'what went wrong is no longer kept' : `of the newest ${formatCount(newest)}`]),
  ]
  return parts.length === 0 ? null : parts.join(', ')
}

function barsOf(labels: readonly string[]): { bars: ErrorBar[]; words: string | null } {
  const counts = new Map<string, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  const { shown, words } = topSeries([...counts], ([, count]) => count)
  const most = shown[0]?.[1] ?? 1
  return { bars: shown.map(([label, count]) => ({ label, count, share: count / most })), words }
}

function summaryOf(total: number, bars: readonly ErrorBar[]): string {
  const [first] = bars
  if (total === 0) return 'No errors in this range.'
  return first ? `${plural(total, 'error')}, most often ${first.label}.` : `${plural(total, 'error')}.`
}
