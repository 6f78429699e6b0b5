import { z } from 'zod'
import {
  type Api,
  type ApiAnswer,
  type ApiCall,
  bearerOf,
  completion,
  embedding,
  forModel,
  listing,
  REPLY,
  REPLY_PIECES,
  serverSent,
  textOf,
  USAGE,
  VECTOR,
} from './api.ts'

const chatSchema = z.looseObject({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string() })).min(1),
  stream: z.boolean().optional(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).nullish(),
})
const embeddingsSchema = z.looseObject({
  model: z.string(),
  input: z.union([z.string(), z.array(z.string())]),
})

const ERROR_TYPES: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'invalid_request_error',
  404: 'invalid_request_error',
  429: 'rate_limit_exceeded',
}

/** OpenAI's API, as many others speak it too. */
export const openaiApi: Api = {
  keyOf: bearerOf,
  answer: (call) => {
    switch (`${call.method} ${call.path}`) {
      case 'GET /models':
        return modelList(call)
      case 'GET /key':
        return listing({ data: { label: 'demo', usage: 1.25, limit: null, is_free_tier: false } })
      case 'POST /chat/completions':
        return chat(call)
      case 'POST /embeddings':
        return forModel(call, embeddingsSchema, ({ model, input }) => embeddings(model, input))
      default:
        return null
    }
  },
  errorBody: (status, message) => ({
    error: {
      message,
      type: ERROR_TYPES[status] ?? 'server_error',
      param: null,
      code: status === 401 ? 'invalid_api_key' : null,
    },
  }),
}

/** Azure's: the key in a header of its own; paths of the v1 API, or of a dated version with the deployment in the path. */
export const azureApi: Api = {
  keyOf: (headers) => textOf(headers['api-key']) ?? bearerOf(headers),
  answer: (call) => {
    const deployment = /^\/openai\/deployments\/([^/]+)(\/.+)$/.exec(call.path)
    if (deployment === null) {
      return openaiApi.answer({ ...call, path: call.path.replace(/^\/openai(\/v1)?(?=\/)/, '') })
    }
    const [, model = '', path = ''] = deployment
    const body = { ...(call.body as object), model: decodeURIComponent(model) }
    return openaiApi.answer({ ...call, path, body })
  },
  errorBody: (status, message) => ({ error: { code: String(status), message } }),
}

/** The list of the models. */
const modelList = ({ models, at }: ApiCall): ApiAnswer =>
  listing({
    object: 'list',
    data: models.map((id) => ({ id, object: 'model', created: Math.floor(at / 1_000), owned_by: 'demo' })),
  })

/** A chat completion, whole or streamed. */
function chat(call: ApiCall) {
  return forModel(call, chatSchema, ({ model, stream, stream_options }) => {
    const head = { id: `chatcmpl-${call.at}`, created: Math.floor(call.at / 1_000), model }
    const usage = {
      prompt_tokens: USAGE.input,
      completion_tokens: USAGE.output,
      total_tokens: USAGE.input + USAGE.output,
    }
    const message = { role: 'assistant', content: REPLY }
    const body = {
      ...head,
      object: 'chat.completion',
      choices: [{ index: 0, message, finish_reason: 'stop' }],
      usage,
    }
    if (stream !== true) return completion(body)
    const chunk = (delta: object, finish: string | null) => ({
      ...head,
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta, finish_reason: finish }],
    })
    const chunks = [
      chunk({ role: 'assistant', content: '' }, null),
      ...REPLY_PIECES.map((content) => chunk({ content }, null)),
      chunk({}, 'stop'),
      // Told only to who asks, in a chunk of its own.
      ...(stream_options?.include_usage === true ? [{ ...chunk({}, null), choices: [], usage }] : []),
    ]
    return completion(body, serverSent(chunks, ['data: [DONE]\n\n']))
  })
}

const embeddings = (model: string, input: string | string[]): ApiAnswer =>
  embedding({
    object: 'list',
    model,
    data: [input].flat().map((_, index) => ({ object: 'embedding', index, embedding: VECTOR })),
    usage: { prompt_tokens: USAGE.input, total_tokens: USAGE.input },
  })
