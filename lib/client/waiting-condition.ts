import type { PanelCondition } from '#lib/view/panel-condition.ts'
import { failureFacts } from './request-error.ts'

/** What a panel says while its content is not there: that it is on its way, or why it did not come. */
export function waitingCondition(error: Error | null): PanelCondition {
  const failure = failureFacts(error)
  return failure === null ? { kind: 'loading' } : { kind: 'failed', ...failure }
}

/** What a panel says of a list, which stays on screen once it is there; `none` is said of one with nothing in it. */
export function listCondition(
  items: readonly unknown[] | undefined,
  error: Error | null,
  none: PanelCondition = { kind: 'ready' },
): PanelCondition {
  if (items === undefined) return waitingCondition(error)
  return items.length === 0 ? none : { kind: 'ready' }
}
