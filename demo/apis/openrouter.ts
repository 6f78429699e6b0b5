import { anthropicApi } from './anthropic.ts'
import type { Api } from './api.ts'
import { openaiApi } from './openai.ts'

/** OpenRouter's: OpenAI's API, and Anthropic's messages with the same key. */
export const openrouterApi: Api = {
  ...openaiApi,
  answer: (call) =>
    call.path === '/messages'
      ? anthropicApi.answer({ ...call, path: '/v1/messages' })
      : openaiApi.answer(call),
}
