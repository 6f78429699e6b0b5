import { AppError } from '#lib/domain/errors.ts'
import type { Range } from './ports.ts'

const HOUR_MS = 3_600_000
const MAX_RANGE_MS = 366 * 24 * HOUR_MS

/** A range as it is asked for, epoch ms; what is missing is filled in by `rangeOf`. */
export type AskedRange = { from?: number | undefined; to?: number | undefined }

/** The asked range, ending at `now` and an hour long unless it says otherwise; at most 366 days. */
export function rangeOf(asked: AskedRange, now: number): Range {
  const to = asked.to ?? now
  const from = asked.from ?? to - HOUR_MS
  if (from >= to) throw badRange(asked.to === undefined ? 'in the future' : 'not before "to"')
  if (to - from > MAX_RANGE_MS) throw badRange('more than 366 days before "to"')
  return { from, to }
}

const badRange = (message: string) =>
  new AppError('invalid_input', `The range is not right: "from" is ${message}.`, {
    fields: [{ path: 'from', message: `is ${message}` }],
  })
