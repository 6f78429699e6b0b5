import type { ReplayFigures } from '#lib/contract/preview.ts'
import { formatCount, NOTHING, spanWords } from './format.ts'

/** One figure of a preview under both sets of thresholds; `change` is what the draft makes of it, null for nothing. */
export type FigureRow = {
  label: string
  inForce: string
  draft: string
  change: string | null
  /** Null where more is neither better nor worse by itself. */
  isBetter: boolean | null
}

type Measure = {
  label: string | ((figures: ReplayFigures) => string)
  of: (figures: ReplayFigures) => number | null
  words: (value: number) => string
  /** Which way is better; null: neither by itself. */
  better: 'more' | 'less' | null
  /** Left out where it is nothing under both. */
  isOptional?: boolean
}

const MEASURES: readonly Measure[] = [
  { label: 'Openings', of: ({ openings }) => openings, words: formatCount, better: null },
  { label: 'Time open', of: ({ openMs }) => openMs, words: spanWords, better: null },
  {
    label: 'Openings of models',
    of: ({ modelOpenings }) => modelOpenings,
    words: formatCount,
    better: null,
    isOptional: true,
  },
  {
    label: 'Time models were open',
    of: ({ modelOpenMs }) => modelOpenMs,
    words: spanWords,
    better: null,
    isOptional: true,
  },
  {
    label: 'Failures avoided',
    of: ({ failuresAvoided }) => failuresAvoided,
    words: formatCount,
    better: 'more',
  },
  {
    label: 'Failures let through',
    of: ({ failuresLetThrough }) => failuresLetThrough,
    words: formatCount,
    better: 'less',
  },
  {
    label: 'Good calls refused',
    of: ({ goodCallsRefused }) => goodCallsRefused,
    words: formatCount,
    better: 'less',
  },
  {
    label: ({ outages }) => `Outages detected, of ${formatCount(outages)}`,
    of: ({ outages, outagesDetected }) => (outages === 0 ? null : outagesDetected),
    words: formatCount,
    better: 'more',
    isOptional: true,
  },
  {
    label: 'Time to detect, on average',
    of: ({ meanTimeToDetectMs }) => meanTimeToDetectMs,
    words: spanWords,
    better: 'less',
  },
]

/** The figures of the draft next to those in force, a row each. */
export function figureRows(draft: ReplayFigures, inForce: ReplayFigures): FigureRow[] {
  return MEASURES.filter(
    ({ of, isOptional }) => !isOptional || (of(draft) ?? 0) > 0 || (of(inForce) ?? 0) > 0,
  ).map((measure) => {
    const [after, before] = [measure.of(draft), measure.of(inForce)]
    const words = (value: number | null) => (value === null ? NOTHING : measure.words(value))
    const difference = words(after) === words(before) ? 0 : (after ?? 0) - (before ?? 0)
    const isKnown = after !== null && before !== null && difference !== 0
    return {
      label: typeof measure.label === 'string' ? measure.label : measure.label(draft),
      inForce: words(before),
      draft: words(after),
      change: isKnown ? signed(difference, measure.words) : null,
      isBetter: isKnown && measure.better !== null ? difference > 0 === (measure.better === 'more') : null,
    }
  })
}

/** Whether both sets of thresholds did the same. */
export const isSame = (draft: ReplayFigures, inForce: ReplayFigures): boolean =>
  MEASURES.every(({ of }) => of(draft) === of(inForce))

/** What the draft would have done, in one sentence: "Would have opened 3 times instead of once; …". */
export function previewSentence(draft: ReplayFigures, inForce: ReplayFigures): string {
  if (isSame(draft, inForce)) return `Would have done the same: ${factsOf(draft, null).join('; ')}.`
  return `Would ${factsOf(draft, inForce).join('; ')}.`
}

/** The same in a few words, for where there is little room. */
export function previewBrief({ draft, inForce }: Record<'draft' | 'inForce', ReplayFigures>): string {
  if (isSame(draft, inForce)) return 'Would have done the same'
  const [opened, open] = factsOf(draft, inForce)
  return `Would ${[opened, open].join('; ')}`
}

function factsOf(draft: ReplayFigures, inForce: ReplayFigures | null): string[] {
  const fact = (of: (figures: ReplayFigures) => number, words: (value: number) => string) =>
    beside(words(of(draft)), inForce === null ? null : words(of(inForce)))
  const either = (of: (figures: ReplayFigures) => number) =>
    of(draft) > 0 || (inForce !== null && of(inForce) > 0)
  // The noun goes with the number before it, which is the one in force where both are told.
  const counted = (of: (figures: ReplayFigures) => number, noun: string) =>
    `${fact(of, formatCount)} ${of(inForce ?? draft) === 1 ? noun : `${noun}s`}`
  return [
    openingFact(draft, inForce),
    ...(either(({ openMs }) => openMs) ? [`${fact(({ openMs }) => openMs, spanWords)} open`] : []),
    ...(either(({ modelOpenings }) => modelOpenings)
      ? [`models’ circuits opened ${fact(({ modelOpenings }) => modelOpenings, times)}`]
      : []),
    `${counted(({ failuresAvoided }) => failuresAvoided, 'failure')} avoided, ` +
      `${counted(({ goodCallsRefused }) => goodCallsRefused, 'good call')} refused`,
    ...detectionFact(draft, inForce),
  ]
}

function openingFact({ openings }: ReplayFigures, inForce: ReplayFigures | null): string {
  if (inForce === null) return openings === 0 ? 'never opened' : `opened ${times(openings)}`
  if (openings > 0) return `have opened ${beside(times(openings), times(inForce.openings))}`
  return inForce.openings === 0
    ? 'never have opened'
    : `not have opened at all, instead of ${times(inForce.openings)}`
}

const detectionFact = (draft: ReplayFigures, inForce: ReplayFigures | null): string[] => {
  const [after, before] = [draft.meanTimeToDetectMs, inForce?.meanTimeToDetectMs ?? null]
  if (after === null)
    return before === null ? [] : [`no outage detected (in force: after ${spanWords(before)})`]
  return [`an outage detected after ${beside(spanWords(after), before === null ? null : spanWords(before))}`]
}

const beside = (after: string, before: string | null) =>
  before === null || after === before ? after : `${after} instead of ${before}`

/** How often in words: `never`, `once`, `3 times`. */
function times(count: number): string {
  if (count === 0) return 'never'
  return count === 1 ? 'once' : `${formatCount(count)} times`
}

const signed = (difference: number, words: (value: number) => string) =>
  `${difference > 0 ? '+' : '−'}${words(Math.abs(difference))}`
