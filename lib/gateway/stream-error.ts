import type { AttemptResult } from './attempt-result.ts'
import { gatewayError, type GatewayError } from './errors.ts'

/** The error that ends a stream which had begun: `cut` is ours, where it was we who ended it. */
export function streamError(
  failure: NonNullable<AttemptResult['failure']>,
  cut: GatewayError | null,
): GatewayError {
  if (cut !== null) return gatewayError('stream_cut', cut.message)
  if (failure.kind === 'stalled')
    return gatewayError('stream_stalled', `The provider's stream stood still: ${failure.message}.`)
  return gatewayError('stream_broken', `The provider's stream broke off: ${failure.message}.`)
}
