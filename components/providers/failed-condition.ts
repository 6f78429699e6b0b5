import { isRequestError } from '#lib/client/request-error.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'

/** What a panel says when its data could not be read and there is none from before. */
export const failedCondition = (error: Error): PanelCondition => ({
  kind: 'failed',
  text: error.message,
  requestId: isRequestError(error) ? (error.problem?.requestId ?? null) : null,
})
