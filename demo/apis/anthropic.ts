import { z } from 'zod'
import {
  type Api,
  bearerOf,
  completion,
  forModel,
  listing,
  REPLY,
  REPLY_PIECES,
  textOf,
  USAGE,
} from './api.ts'
import { openaiApi } from './openai.ts'

const messagesSchema = z.looseObject({
  model: z.string(),
  max_tokens: z.int().min(1),
  messages: z.array(z.looseObject({ role: z.enum(['user', 'assistant']) })).min(1),
  stream: z.boolean().optional(),
})

const ERROR_TYPES: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
  529: 'overloaded_error',
}

const named = (events: readonly { type: string }[]) => ({
  type: 'text/event-stream',
  events: events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
})

/** Anthropic's API. */
export const anthropicApi: Api = {
  keyOf: (headers) => textOf(headers['x-api-key']) ?? bearerOf(headers),
  answer: (call) => {
    if (call.method === 'GET' && call.path === '/v1/models') {
      const data = call.models.map((id) => ({
        type: 'model',
        id,
        display_name: id,
        created_at: new Date(call.at).toISOString(),
      }))
      return listing({
        data,
        has_more: false,
        first_id: call.models[0] ?? null,
        last_id: call.models.at(-1) ?? null,
      })
    }
    // Its layer for OpenAI's clients.
    if (call.path === '/v1/chat/completions') return openaiApi.answer({ ...call, path: '/chat/completions' })
    if (call.method !== 'POST' || call.path !== '/v1/messages') return null
    return forModel(call, messagesSchema, ({ model, stream }) => {
      const usage = { input_tokens: USAGE.input, output_tokens: USAGE.output }
      const head = { id: `msg_${call.at}`, type: 'message', role: 'assistant', model }
      const body = {
        ...head,
        content: [{ type: 'text', text: REPLY }],
        stop_reason: 'end_turn',
        stop_sequence: null,
        usage,
      }
      if (stream !== true) return completion(body)
      const start = {
        ...head,
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { ...usage, output_tokens: 1 },
      }
      const events = [
        { type: 'message_start', message: start },
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        ...REPLY_PIECES.map((text) => ({
          type: 'content_block_delta',
          index: 0,
          delta: { type: 'text_delta', text },
        })),
        { type: 'content_block_stop', index: 0 },
        { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage },
        { type: 'message_stop' },
      ]
      return completion(body, named(events))
    })
  },
  errorBody: (status, message) => ({
    type: 'error',
    error: { type: ERROR_TYPES[status] ?? 'api_error', message },
  }),
}
