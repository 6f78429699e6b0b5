import { errorIn } from '#lib/domain/error-answer.ts'
import type { ApiShape } from './api-shape.ts'
import { chatApi } from './chat.ts'
import { fieldsIn, isFields, usageOf } from './read.ts'

const readUsage = (usage: unknown) => usageOf(fieldsIn(usage).prompt_tokens, 0)

/** OpenAI's embeddings; they are never streamed. */
export const embeddingsApi: ApiShape = {
  ...chatApi,
  api: 'embeddings',
  path: '/v1/embeddings',
  readBody: (json) => {
    const error = errorIn(json)
    if (error !== null) return { problem: null, error, usage: null }
    if (!isFields(json) || !Array.isArray(json.data))
      return { problem: 'answer has no embeddings', error: null, usage: null }
    return { problem: null, error: null, usage: readUsage(json.usage) }
  },
  readUsage,
}
