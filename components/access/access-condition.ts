import { isRequestError } from '#lib/client/request-error.ts'
import { failedRefresh, waitingCondition, type Reading } from '#lib/client/waiting-condition.ts'
import { LEAST_ROLE, type Permission } from '#lib/domain/access/roles.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'

type Facts = {
  permission: Permission
  /** What there is to say when there is nothing to show; null when there is. */
  empty?: string | null
}

/** What a panel says whose content is not for every role: who lacks the permission is told which one has it. */
export function accessCondition(
  reading: Reading & { data: unknown },
  { permission, empty = null }: Facts,
): PanelCondition {
  const { data, error } = reading
  const status = isRequestError(error) ? error.status : null
  if (status === 403) return { kind: 'forbidden', role: LEAST_ROLE[permission] }
  if (data !== undefined)
    return failedRefresh(reading) ?? (empty === null ? { kind: 'ready' } : { kind: 'empty', text: empty })
  // A console that asks nobody to sign in has no such thing.
  if (status === 404)
    return {
      kind: 'not_configured',
      text: 'Nobody is asked to sign in here: Switchyard was started with SWITCHYARD_AUTH=off.',
      action: null,
    }
  return waitingCondition(error)
}
