import { z } from 'zod'
import {
  type Api,
  type ApiCall,
  bearerOf,
  completion,
  forModel,
  listing,
  REPLY,
  REPLY_PIECES,
  serverSent,
  textOf,
  USAGE,
} from './api.ts'
import { openaiApi } from './openai.ts'

const generateSchema = z.looseObject({ model: z.string(), contents: z.array(z.looseObject({})).min(1) })

const ERROR_STATUSES: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
}

/** Gemini's API, and OpenAI's under /openai. */
export const googleApi: Api = {
  keyOf: (headers) => textOf(headers['x-goog-api-key']) ?? bearerOf(headers),
  answer: (call) => {
    if (call.method === 'GET' && call.path === '/models') {
      const methods = ['generateContent', 'countTokens']
      return listing({
        models: call.models.map((name) => ({
          name: `models/${name}`,
          displayName: name,
          supportedGenerationMethods: methods,
        })),
      })
    }
    if (call.path.startsWith('/openai/')) {
      return openaiApi.answer({ ...call, path: call.path.slice('/openai'.length) })
    }
    const target = /^\/models\/([^/:]+):(generateContent|streamGenerateContent)$/.exec(call.path)
    if (call.method !== 'POST' || target === null) return null
    const [, model = '', verb = ''] = target
    return generate({ ...call, body: { ...(call.body as object), model } }, verb === 'streamGenerateContent')
  },
  errorBody: (status, message) => ({
    error: { code: status, message, status: ERROR_STATUSES[status] ?? 'INTERNAL' },
  }),
}

function generate(call: ApiCall, streamed: boolean) {
  return forModel(call, generateSchema, ({ model }) => {
    const usageMetadata = {
      promptTokenCount: USAGE.input,
      candidatesTokenCount: USAGE.output,
      totalTokenCount: USAGE.input + USAGE.output,
    }
    const part = (text: string, finishReason?: 'STOP') => ({
      candidates: [
        {
          content: { role: 'model', parts: [{ text }] },
          index: 0,
          ...(finishReason === undefined ? {} : { finishReason }),
        },
      ],
      modelVersion: model,
    })
    const body = { ...part(REPLY, 'STOP'), usageMetadata }
    if (!streamed) return completion(body)
    return completion(
      body,
      serverSent([...REPLY_PIECES.map((text) => part(text)), { ...part('', 'STOP'), usageMetadata }]),
    )
  })
}
