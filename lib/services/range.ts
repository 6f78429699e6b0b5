import { AppError } from '#lib/domain/errors.ts'
import type { Engine } from './engine.ts'
import type { Range } from './ports.ts'

const HOUR_MS = 3_600_000
// What is kept by the hour, and the days at both ends that charts take in whole.
const MAX_DAYS = 402

/** A range as it is asked for, epoch ms; what is missing is filled in by `rangeOf`. */
export type AskedRange = { from?: number | undefined; to?: number | undefined }

/** The end of a list that is to hold what happened in this very millisecond: ranges leave their end out. */
export const justAfter = ({ clock }: Pick<Engine, 'clock'>): number => clock.now() + 1

/** The asked range, ending at `now` and an hour long unless it says otherwise; at most 402 days. */
export function rangeOf(asked: AskedRange, now: number): Range {
  const to = asked.to ?? now
  const from = asked.from ?? to - HOUR_MS
  if (from >= to) throw badRange(asked.to === undefined ? 'in the future' : 'not before "to"')
  if (to - from > MAX_DAYS * 24 * HOUR_MS) throw badRange(`more than ${MAX_DAYS} days before "to"`)
  return { from, to }
}

const badRange = (message: string) =>
  new AppError('invalid_input', `The range is not right: "from" is ${message}.`, {
    fields: [{ path: 'from', message: `is ${message}` }],
  })
