/** Whether a client may send the same request again: at once or after a while, or only after something was changed. */
export type MayRetry = 'yes' | 'after_wait' | 'no'

type ErrorFacts = {
  status: number
  /** The `type` of an OpenAI error. */
  openai: string
  /** The `type` of an Anthropic error. */
  anthropic: string
  mayRetry: MayRetry
  /** When it is answered, for the documentation. */
  when: string
}

const invalid = {
  openai: 'invalid_request_error',
  anthropic: 'invalid_request_error',
  mayRetry: 'no',
} as const
const denied = { openai: 'invalid_request_error', anthropic: 'permission_error', mayRetry: 'no' } as const
const keyed = { openai: 'invalid_request_error', anthropic: 'authentication_error', mayRetry: 'no' } as const
const limited = { openai: 'rate_limit_error', anthropic: 'rate_limit_error', mayRetry: 'after_wait' } as const
const missing = { openai: 'invalid_request_error', anthropic: 'not_found_error', mayRetry: 'no' } as const
const failing = { openai: 'server_error', anthropic: 'api_error' } as const

/** Every error that the gateway answers by itself, by its code; `docs/gateway-errors.md` is checked against it. */
export const GATEWAY_ERRORS = {
  invalid_json: { ...invalid, status: 400, when: 'The body is not a JSON object.' },
  invalid_model: { ...invalid, status: 400, when: 'The body names no `model`, or names it twice.' },
  invalid_field: {
    ...invalid,
    status: 400,
    when: 'A field or header that routing reads is not what it must be.',
  },
  malformed_request: {
    ...invalid,
    status: 400,
    when: 'What was sent is not HTTP, or does not name one host.',
  },
  client_key_missing: { ...keyed, status: 401, when: 'A client key is asked for and none was sent.' },
  client_key_invalid: { ...keyed, status: 401, when: 'There is no such client key.' },
  foreign_origin: { ...denied, status: 403, when: 'The request came from a web page of another origin.' },
  unknown_host: {
    ...denied,
    status: 403,
    when: 'The `Host` header names another machine: a rebound DNS name.',
  },
  route_not_allowed: { ...denied, status: 403, when: 'The client key may not use this route.' },
  unknown_path: { ...missing, status: 404, when: 'The gateway has no such endpoint.' },
  model_not_found: {
    ...missing,
    status: 404,
    when: 'No route serves the model, or no provider of its route over this API. The message lists what is served.',
  },
  no_routes: { ...missing, status: 404, when: 'No route has been made yet.' },
  method_not_allowed: { ...invalid, status: 405, when: 'The endpoint is there, but not for this method.' },
  upload_timeout: {
    openai: 'invalid_request_error',
    anthropic: 'timeout_error',
    mayRetry: 'yes',
    status: 408,
    when: 'The body did not arrive in time.',
  },
  body_too_large: {
    ...invalid,
    anthropic: 'request_too_large',
    status: 413,
    when: 'The body is large and its `model` did not come early enough to be read.',
  },
  unsupported_media_type: {
    ...invalid,
    status: 415,
    when: 'The body is not sent as `application/json`, or is packed.',
  },
  headers_too_large: { ...invalid, status: 431, when: 'The request headers are too large.' },
  client_request_limit: {
    ...limited,
    status: 429,
    when: 'The client key has used up its requests a minute.',
  },
  client_token_limit: { ...limited, status: 429, when: 'The client key has used up its tokens a minute.' },
  provider_rate_limited: {
    ...limited,
    status: 429,
    when: 'Every provider that was tried limits its rate, and the last one’s answer was not JSON.',
  },
  internal_error: { ...failing, status: 500, mayRetry: 'yes', when: 'A fault of the gateway’s own.' },
  provider_failed: {
    ...failing,
    status: 502,
    mayRetry: 'yes',
    when: 'Every provider that was tried failed, and the last one gave no answer that could be passed on.',
  },
  provider_credentials: {
    ...failing,
    status: 502,
    mayRetry: 'no',
    when: 'The last provider that was tried refused its key or has no credit left. An operator must mend it.',
  },
  provider_not_allowed: {
    ...failing,
    status: 502,
    mayRetry: 'no',
    when: 'The last provider that was tried is at an address that policy forbids to call. An operator must mend it.',
  },
  no_provider: {
    openai: 'server_error',
    anthropic: 'overloaded_error',
    status: 503,
    mayRetry: 'after_wait',
    when: 'No provider of the route may take a request now. `Retry-After` is the earliest that one may.',
  },
  starting: { ...failing, status: 503, mayRetry: 'after_wait', when: 'Switchyard is starting.' },
  stopping: { ...failing, status: 503, mayRetry: 'after_wait', when: 'Switchyard is stopping.' },
  request_timeout: {
    openai: 'server_error',
    anthropic: 'timeout_error',
    status: 504,
    mayRetry: 'yes',
    when: 'The route’s time for a request was over.',
  },
  client_deadline: {
    openai: 'server_error',
    anthropic: 'timeout_error',
    status: 504,
    mayRetry: 'yes',
    when: 'The deadline that the client had set was over.',
  },
  stream_broken: {
    ...failing,
    status: 200,
    mayRetry: 'yes',
    when: 'Inside a stream that had begun: the provider broke it off, or sent what its API does not promise.',
  },
  stream_stalled: {
    ...failing,
    status: 200,
    mayRetry: 'yes',
    when: 'Inside a stream that had begun: no token came for the stall time-out, whatever keep-alives did.',
  },
  stream_cut: {
    ...failing,
    status: 200,
    mayRetry: 'yes',
    when: 'Inside a stream that had begun: the time for the request was over, or Switchyard had to stop.',
  },
} as const satisfies Record<string, ErrorFacts>

export type GatewayErrorCode = keyof typeof GATEWAY_ERRORS

/** An error for the client. `retryAfterMs` null: nothing is known about when to come back. */
export type GatewayError = { code: GatewayErrorCode; message: string; retryAfterMs: number | null }

/** The error of `code`, in words of this case. */
export const gatewayError = (
  code: GatewayErrorCode,
  message: string,
  retryAfterMs: number | null = null,
): GatewayError => ({ code, message, retryAfterMs })
