import { z } from 'zod'
import {
  type Api,
  type ApiCall,
  completion,
  embedding,
  forModel,
  listing,
  REPLY,
  REPLY_PIECES,
  USAGE,
  VECTOR,
} from './api.ts'
import { anthropicApi } from './anthropic.ts'
import { openaiApi } from './openai.ts'

const chatSchema = z.looseObject({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string() })).min(1),
  stream: z.boolean().optional(),
})
const embedSchema = z.looseObject({ model: z.string(), input: z.union([z.string(), z.array(z.string())]) })

/** Ollama's own API, and OpenAI's and Anthropic's under /v1. It asks for no key. */
export const ollamaApi: Api = {
  keyOf: () => null,
  answer: (call) => {
    switch (`${call.method} ${call.path}`) {
      case 'GET /api/tags':
        return tags(call)
      case 'GET /api/version':
        return listing({ version: '0.13.0' })
      case 'POST /api/chat':
        return chat(call)
      case 'POST /api/embed':
        return forModel(call, embedSchema, ({ model, input }) =>
          embedding({ model, embeddings: [input].flat().map(() => VECTOR) }),
        )
      case 'POST /v1/messages':
        return anthropicApi.answer(call)
      default:
        return call.path.startsWith('/v1/')
          ? openaiApi.answer({ ...call, path: call.path.slice('/v1'.length) })
          : null
    }
  },
  errorBody: (_status, message) => ({ error: message }),
}

const tags = ({ models, at }: ApiCall) =>
  listing({
    models: models.map((name) => ({
      name,
      model: name,
      modified_at: new Date(at).toISOString(),
      size: 2_019_393_189,
      details: { format: 'gguf', family: 'llama', parameter_size: '3.2B', quantization_level: 'Q4_K_M' },
    })),
  })

function chat(call: ApiCall) {
  return forModel(call, chatSchema, ({ model, stream }) => {
    const head = { model, created_at: new Date(call.at).toISOString() }
    const piece = (content: string) => ({ ...head, message: { role: 'assistant', content }, done: false })
    const body = {
      ...piece(REPLY),
      done: true,
      done_reason: 'stop',
      prompt_eval_count: USAGE.input,
      eval_count: USAGE.output,
    }
    // Unlike the others, Ollama streams unless told not to.
    if (stream === false) return completion(body)
    const lines = [...REPLY_PIECES.map(piece), { ...body, message: { role: 'assistant', content: '' } }]
    return completion(body, {
      type: 'application/x-ndjson',
      events: lines.map((line) => `${JSON.stringify(line)}\n`),
    })
  })
}
