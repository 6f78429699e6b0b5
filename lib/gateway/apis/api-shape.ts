import type { ErrorAnswer } from '#lib/domain/error-answer.ts'
import type { RawResult } from '#lib/domain/raw-result.ts'
import type { GatewayApi } from '#lib/domain/routing/request-facts.ts'
import type { GatewayError } from '../errors.ts'
import type { SseFrame } from '../sse-parser.ts'

export type Usage = NonNullable<RawResult['usage']>

/**
 * What one event of a stream is. `token`: something the model has said; from the first one on there is no failover.
 * `finish`: it has said all, and the stream may end here. `step`: it is at work but says nothing yet. `idle`: roles,
 * keep-alives, figures. `end`: the stream is whole.
 */
export type FrameReading = {
  type: 'token' | 'finish' | 'step' | 'idle' | 'end' | 'error'
  error: ErrorAnswer | null
  usage: Partial<Usage> | null
}

/** What a whole good answer's body is: `problem` when it is not what the API promises. */
export type BodyReading = { problem: string | null; error: ErrorAnswer | null; usage: Usage | null }

/** How one of the gateway's APIs writes requests, answers, streams and errors. */
export type ApiShape = {
  api: GatewayApi
  path: string
  /** The user a body names, from its `user` and `metadata`. */
  userOf: (body: { user: unknown; metadata: Readonly<Record<string, unknown>> }) => string | null
  readBody: (json: unknown) => BodyReading
  /** The tokens that an answer's `usage` tells; null where it does not. */
  readUsage: (usage: unknown) => Usage | null
  readFrame: (frame: SseFrame) => FrameReading
  errorBody: (error: GatewayError) => string
  /** The error as the last event of a stream. */
  errorFrame: (error: GatewayError) => string
}
