import type { KindFacts } from '#lib/domain/provider-kinds.ts'

/** Enough for a model that thinks before it answers; a plain one stops after two. */
const MAX_OUTPUT_TOKENS = 256
const PROMPT = 'Reply with the word OK.'

/** The smallest request that makes `model` answer, in its API's shape. No sampling settings: reasoning models refuse them. */
export function completionBody(
  model: string,
  { shape, maxTokensField }: NonNullable<KindFacts['completion']>,
): string {
  const messages = [{ role: 'user', content: PROMPT }]
  switch (shape) {
    case 'google':
      return JSON.stringify({
        contents: [{ role: 'user', parts: [{ text: PROMPT }] }],
        generationConfig: { maxOutputTokens: MAX_OUTPUT_TOKENS },
      })
    case 'ollama':
      return JSON.stringify({ model, messages, stream: false, options: { num_predict: MAX_OUTPUT_TOKENS } })
    case 'openai':
    case 'anthropic':
    case 'cohere':
      return JSON.stringify({ model, messages, stream: false, [maxTokensField]: MAX_OUTPUT_TOKENS })
  }
}
