import { GATEWAY_ERRORS, type GatewayError } from './errors.ts'
import type { ApiShape } from './apis/api-shape.ts'

/** The status, headers and body of an error that the gateway answers by itself. */
export function errorAnswer(
  error: GatewayError,
  shape: Pick<ApiShape, 'errorBody'>,
): { status: number; headers: string[]; body: string } {
  const { status, mayRetry } = GATEWAY_ERRORS[error.code]
  const headers = ['content-type', 'application/json', 'cache-control', 'no-store']
  // The clients of OpenAI and Anthropic go by this before they go by the status.
  headers.push('x-should-retry', mayRetry === 'no' ? 'false' : 'true')
  if (error.retryAfterMs !== null) headers.push(...retryAfter(error.retryAfterMs))
  return { status, headers, body: shape.errorBody(error) }
}

/** `Retry-After`, at least a second, and its ms for those who can wait for less. */
export function retryAfter(ms: number): string[] {
  return [
    'retry-after',
    String(Math.max(1, Math.ceil(ms / 1_000))),
    'retry-after-ms',
    String(Math.max(1, Math.ceil(ms))),
  ]
}
