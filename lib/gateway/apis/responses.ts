import { type ErrorAnswer, errorIn } from '#lib/domain/error-answer.ts'
import { GATEWAY_ERRORS } from '../errors.ts'
import type { ApiShape, FrameReading } from './api-shape.ts'
import { openaiErrorBody } from './openai-error.ts'
import {
  END,
  failing,
  fieldsIn,
  IDLE,
  isDone,
  isFields,
  isSaid,
  jsonOf,
  misshapen,
  STEP,
  TOKEN,
  usageOf,
} from './read.ts'

const ENDS: ReadonlySet<string> = new Set(['response.completed', 'response.incomplete', 'response.cancelled'])
/** Written before the model has begun, however long that takes. */
const HEADS: ReadonlySet<string> = new Set(['response.created', 'response.queued', 'response.in_progress'])

function readUsage(usage: unknown) {
  const { input_tokens: input, output_tokens: output } = fieldsIn(usage)
  return usageOf(input, output)
}

function readFrame({ event, data, isCut }: Parameters<ApiShape['readFrame']>[0]): FrameReading {
  if (isCut) return ENDS.has(event) ? END : TOKEN
  if (data.length === 0 || event === 'keepalive') return IDLE
  const json = jsonOf(data)
  if (json === undefined && isDone(data)) return END
  if (!isFields(json)) return misshapen()
  return readEvent(typeof json.type === 'string' ? json.type : event, json)
}

function readEvent(type: string, json: Readonly<Record<string, unknown>>): FrameReading {
  const error = errorOf(type, json)
  if (error !== null) return failing(error)
  if (ENDS.has(type)) return { ...END, usage: readUsage(fieldsIn(json.response).usage) }
  if (type.endsWith('.delta')) return isSaid(json.delta) ? TOKEN : IDLE
  if (HEADS.has(type) || type === 'keepalive') return IDLE
  // A call of a tool says its name at once; a message or a thought is empty when it is announced.
  const item = fieldsIn(json.item).type
  const isCall = type === 'response.output_item.added' && item !== 'message' && item !== 'reasoning'
  return isCall ? TOKEN : STEP
}

function errorOf(type: string, json: Readonly<Record<string, unknown>>): ErrorAnswer | null {
  const isFailed = type === 'response.failed'
  const error = errorIn(isFailed ? { error: fieldsIn(json.response).error } : json)
  return error ?? (isFailed || type === 'error' ? { code: null, message: null } : null)
}

/** OpenAI's Responses. */
export const responsesApi: ApiShape = {
  api: 'responses',
  path: '/v1/responses',
  userOf: ({ user }) => (typeof user === 'string' && user !== '' ? user : null),
  readBody: (json) => {
    const error = errorIn(json)
    if (error !== null) return { problem: null, error, usage: null }
    if (!isFields(json) || !(Array.isArray(json.output) || json.object === 'response'))
      return { problem: 'answer is no response', error: null, usage: null }
    return { problem: null, error: null, usage: readUsage(json.usage) }
  },
  readUsage,
  readFrame,
  errorBody: openaiErrorBody,
  errorFrame: ({ code, message }) =>
    `event: error\ndata: ${JSON.stringify({ type: 'error', code, message, param: null, error: { type: GATEWAY_ERRORS[code].openai, code, message } })}\n\n`,
}
