import { errorIn } from '#lib/domain/error-answer.ts'
import { GATEWAY_ERRORS, type GatewayError } from '../errors.ts'
import type { ApiShape, FrameReading } from './api-shape.ts'
import {
  countIn,
  END,
  failing,
  fieldsIn,
  IDLE,
  isFields,
  isSaid,
  jsonOf,
  misshapen,
  STEP,
  TOKEN,
  usageOf,
} from './read.ts'

/** The input of one kind of token: what was read from or written to the cache counts too. */
function inputIn(usage: Readonly<Record<string, unknown>>): number | undefined {
  const counts = [usage.input_tokens, usage.cache_read_input_tokens, usage.cache_creation_input_tokens].map(
    countIn,
  )
  return counts[0] === undefined ? undefined : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)
}

function readUsage(value: unknown) {
  const usage = fieldsIn(value)
  return usageOf(inputIn(usage), usage.output_tokens)
}

/** What an event adds to the usage: input comes with the first, output with the last. */
function partialUsage(value: unknown): FrameReading['usage'] {
  const usage = fieldsIn(value)
  const inputTokens = inputIn(usage)
  const outputTokens = countIn(usage.output_tokens)
  return {
    ...(inputTokens === undefined ? {} : { inputTokens }),
    ...(outputTokens === undefined ? {} : { outputTokens }),
  }
}

function readFrame({ event, data, isCut }: Parameters<ApiShape['readFrame']>[0]): FrameReading {
  if (isCut) return TOKEN
  if (data.length === 0) return IDLE
  const json = jsonOf(data)
  if (!isFields(json)) return event === 'error' ? failing(null) : misshapen()
  return readEvent(typeof json.type === 'string' ? json.type : event, json)
}

function readEvent(type: string, json: Readonly<Record<string, unknown>>): FrameReading {
  switch (type) {
    case 'error':
      return failing(errorIn(json))
    case 'message_start':
      return { ...IDLE, usage: partialUsage(fieldsIn(json.message).usage) }
    case 'content_block_delta':
      return Object.entries(fieldsIn(json.delta)).some(([name, value]) => name !== 'type' && isSaid(value))
        ? TOKEN
        : IDLE
    case 'message_delta':
      return { ...(isSaid(fieldsIn(json.delta).stop_reason) ? TOKEN : IDLE), usage: partialUsage(json.usage) }
    case 'message_stop':
      return END
    case 'content_block_start':
    case 'content_block_stop':
      return STEP
    default:
      return IDLE
  }
}

const errorBody = ({ code, message }: GatewayError): string =>
  JSON.stringify({ type: 'error', error: { type: GATEWAY_ERRORS[code].anthropic, message, code } })

/** Anthropic's Messages. */
export const messagesApi: ApiShape = {
  api: 'messages',
  path: '/v1/messages',
  userOf: ({ metadata }) =>
    typeof metadata.user_id === 'string' && metadata.user_id !== '' ? metadata.user_id : null,
  readBody: (json) => {
    const error = errorIn(json)
    if (error !== null) return { problem: null, error, usage: null }
    if (!isFields(json) || !Array.isArray(json.content))
      return { problem: 'answer has no content', error: null, usage: null }
    return { problem: null, error: null, usage: readUsage(json.usage) }
  },
  readUsage,
  readFrame,
  errorBody,
  errorFrame: (error) => `event: error\ndata: ${errorBody(error)}\n\n`,
}
