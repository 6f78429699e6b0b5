import { ERROR_KINDS, OUTCOME_CLASSES, type OutcomeClass } from '../outcome.ts'
import { CALL_ORIGINS, type CallOrigin, type CallRecord } from './record.ts'

// What stands in a block for each word. Blocks are kept for weeks: a number once given keeps its meaning, and new
// words are added at the end of these lists, as of those they are made from.

/** The first three bits of a record say what it is: a call by its origin, or something else. */
export const ORIGIN_CODES = {
  check: 0,
  traffic: 1,
  panic: 2,
  implied: 3,
  expired: 7,
} as const satisfies Record<CallOrigin, number>
export const RECORD_CODES = { abandoned: 4, counted: 5, mark: 6 } as const

/** The origin with this code. Throws for one that a newer program wrote. */
export function originOf(code: number): CallOrigin {
  const origin = CALL_ORIGINS.find((one) => ORIGIN_CODES[one] === code)
  if (origin === undefined) throw new RangeError(`There is no origin for the code ${code}.`)
  return origin
}

/** Whether such a call asked to be admitted. */
export const hasAsked = (origin: CallOrigin): origin is Exclude<CallOrigin, 'implied' | 'expired'> =>
  origin !== 'implied' && origin !== 'expired'

/** The kinds of marks, which are rare and written as text. */
export const MARKS = ['command', 'settings', 'state', 'start'] as const
export type Mark = (typeof MARKS)[number]

/** What a provider error was, for calls that are only counted. */
export const FAILURES = ['connection', 'silence', 'answer'] as const

/** A record's first byte: what it is, its class or kind of mark, whether more bits follow, whether its model is the last one's. */
export const FIRST = { classShift: 3, more: 64, sameModel: 128 } as const

/** The second byte, where there is one: what of a call is not as usual. */
export const MORE = {
  lag: 1,
  order: 2,
  latency: 4,
  kind: 8,
  retryAfter: 16,
  silent: 32,
  completion: 64,
  accountWide: 128,
} as const

/** How a model is named: not at all, without a circuit, or by its place among the chunk's names plus this. */
export const MODEL = { none: 0, withoutCircuit: 1, first: 2 } as const

/** What goes without saying of a call of this origin. */
export const usual = (origin: CallOrigin) => ({
  begins: hasAsked(origin) ? 1 : 0,
  distance: hasAsked(origin) ? 1 : 0,
  completion: origin !== 'check',
  accountWide: origin === 'check',
})

/** How long a call took, unless something else is said of it. */
export const usualLatency = ({ endedAt, beganAt }: Pick<CallRecord, 'endedAt' | 'beganAt'>) =>
  endedAt - beganAt

export const classCode = (outcomeClass: OutcomeClass): number => OUTCOME_CLASSES.indexOf(outcomeClass)
export const kindCode = (kind: (typeof ERROR_KINDS)[number]): number => ERROR_KINDS.indexOf(kind)

/** The word for a code that this program knows. Throws for one that a newer program wrote. */
export function wordOf<Word>(words: readonly Word[], code: number): Word {
  const word = words[code]
  if (word === undefined) throw new RangeError(`There is no word for the code ${code}.`)
  return word
}
