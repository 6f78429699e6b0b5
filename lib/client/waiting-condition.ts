import type { PanelCondition } from '#lib/view/panel-condition.ts'
import { toServerTime } from './clock.ts'
import { failureFacts } from './request-error.ts'

/** How the last reading of something went, and when the last good one came; a query says so of itself. */
export type Reading = { error: Error | null; dataUpdatedAt: number }

/** What a panel says while its content is not there: that it is on its way, or why it did not come. */
export function waitingCondition(error: Error | null): PanelCondition {
  const failure = failureFacts(error)
  return failure === null ? { kind: 'loading' } : { kind: 'failed', ...failure }
}

/** Why something could not be read, and when the last good reading came (null: never); null when it could. */
export function failedReading({ error, dataUpdatedAt }: Reading) {
  const failure = failureFacts(error)
  // Zero is the library's word for never.
  return failure && { ...failure, asOf: dataUpdatedAt === 0 ? null : toServerTime(dataUpdatedAt) }
}

/** What a panel says of what stays on screen although it could not be read again; null when it could. */
export function failedRefresh({ error, dataUpdatedAt }: Reading): PanelCondition | null {
  const failure = failureFacts(error)
  // It is configuration or a log, which is not wrong for being old: it is told to be, and not dimmed.
  return failure && { kind: 'failed_refresh', ...failure, asOf: toServerTime(dataUpdatedAt), isOld: false }
}

/**
 * What a panel says of a list, which stays on screen once it is there, and is marked while it cannot be read again;
 * `none` is said of one with nothing in it.
 */
export function listCondition(
  reading: Reading,
  items: readonly unknown[] | undefined,
  none: PanelCondition = { kind: 'ready' },
): PanelCondition {
  if (items === undefined) return waitingCondition(reading.error)
  return failedRefresh(reading) ?? (items.length === 0 ? none : { kind: 'ready' })
}
