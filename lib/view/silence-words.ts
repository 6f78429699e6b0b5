import type { SilenceView } from '#lib/contract/silence.ts'
import type { Matcher, MatcherOperator } from '#lib/domain/alerts/silence.ts'
import { parseDuration } from '#lib/contract/duration.ts'
import { cronWords } from './cron-words.ts'
import { spanWords } from './format.ts'

/** How a matcher's operator reads between field and value. */
export const OPERATOR_WORDS: Readonly<Record<MatcherOperator, string>> = {
  is: 'is',
  is_not: 'is not',
  matches: 'matches',
}

const CONDITION_FIELDS: readonly Matcher['field'][] = ['condition']

/** A matcher as a sentence has it: `provider is openai-prod`. */
export const matcherWords = ({ field, operator, value }: Matcher): string =>
  `${field} ${OPERATOR_WORDS[operator]} ${CONDITION_FIELDS.includes(field) ? value.replaceAll('_', ' ') : value}`

/** What a silence is about, in words; all matchers must hold. */
export const matchersWords = (matchers: readonly Matcher[]): string =>
  matchers.map(matcherWords).join(' and ')

type Recurrence = NonNullable<SilenceView['recurrence']>

/** When a recurring window is, in words: `every Sunday at 02:00 for 2 h, in Europe/Berlin`. */
export function recurrenceWords({ cron, timeZone, duration }: Recurrence): string {
  const lengthMs = parseDuration(duration)
  const length = lengthMs === null ? '' : ` for ${spanWords(lengthMs)}`
  return `${cronWords(cron) ?? `by cron ${cron}`}${length}, in ${timeZone}`
}

/** The icon and word of a silence's state. */
export const SILENCE_STATES = {
  active: { icon: 'maintenance', words: 'In force' },
  waiting: { icon: 'marker', words: 'To come' },
  over: { icon: 'disabled', words: 'Over' },
} as const satisfies Record<SilenceView['state'], { icon: string; words: string }>
