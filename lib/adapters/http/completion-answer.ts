import type { CompletionShape } from '#lib/domain/provider-kinds.ts'

/** What a completion's answer holds: whether it says anything, whether it ran out of tokens, and what it used. */
export type CompletionAnswer = {
  said: boolean
  cutShort: boolean
  usage: { inputTokens: number; outputTokens: number } | null
}

/** Walks into a parsed body; anything that is not there is undefined. */
function at(json: unknown, ...path: (string | number)[]): unknown {
  let value = json
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Readonly<Record<string | number, unknown>>)[step]
  }
  return value
}

const readers: Readonly<Record<CompletionShape, (json: unknown) => CompletionAnswer>> = {
  openai: (json) => {
    const message = at(json, 'choices', 0, 'message')
    const thought = [at(message, 'reasoning_content'), at(message, 'reasoning'), at(message, 'refusal')]
    return {
      said: says(at(message, 'content')) || thought.some(says) || holds(at(message, 'tool_calls')),
      cutShort: at(json, 'choices', 0, 'finish_reason') === 'length',
      usage: usage(at(json, 'usage', 'prompt_tokens'), at(json, 'usage', 'completion_tokens')),
    }
  },
  anthropic: (json) => ({
    said: says(at(json, 'content')),
    cutShort: at(json, 'stop_reason') === 'max_tokens',
    usage: usage(at(json, 'usage', 'input_tokens'), at(json, 'usage', 'output_tokens')),
  }),
  google: (json) => ({
    said: says(at(json, 'candidates', 0, 'content', 'parts')),
    cutShort: at(json, 'candidates', 0, 'finishReason') === 'MAX_TOKENS',
    // Thinking is billed as output and counted apart.
    usage: usage(
      at(json, 'usageMetadata', 'promptTokenCount'),
      total(
        at(json, 'usageMetadata', 'candidatesTokenCount'),
        at(json, 'usageMetadata', 'thoughtsTokenCount'),
      ),
    ),
  }),
  cohere: (json) => ({
    said: says(at(json, 'message', 'content')),
    cutShort: at(json, 'finish_reason') === 'MAX_TOKENS',
    usage:
      usage(
        at(json, 'usage', 'billed_units', 'input_tokens'),
        at(json, 'usage', 'billed_units', 'output_tokens'),
      ) ?? usage(at(json, 'usage', 'tokens', 'input_tokens'), at(json, 'usage', 'tokens', 'output_tokens')),
  }),
  ollama: (json) => ({
    said: says(at(json, 'message', 'content')) || says(at(json, 'message', 'thinking')),
    cutShort: at(json, 'done_reason') === 'length',
    usage: usage(at(json, 'prompt_eval_count'), at(json, 'eval_count')),
  }),
}

/** Reads a parsed completion in its API's shape. */
export const readCompletion = (json: unknown, shape: CompletionShape): CompletionAnswer =>
  readers[shape](json)

/** A reasoning model may spend every token it was given on thought: cut short with tokens used is an answer too. */
export const isAnswer = ({ said, cutShort, usage: used }: CompletionAnswer): boolean =>
  said || (cutShort && (used === null || used.outputTokens > 0))

/** A text that is not blank, or a list of parts with one that holds a text or a thought. */
function says(content: unknown): boolean {
  if (typeof content === 'string') return content.trim() !== ''
  if (!Array.isArray(content)) return false
  return (content as unknown[]).some((part) => [at(part, 'text'), at(part, 'thinking')].some(says))
}

const holds = (list: unknown): boolean => Array.isArray(list) && list.length > 0

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0

function usage(inputTokens: unknown, outputTokens: unknown): CompletionAnswer['usage'] {
  return isCount(inputTokens) && isCount(outputTokens) ? { inputTokens, outputTokens } : null
}

function total(first: unknown, second: unknown): number | undefined {
  if (!isCount(first) && !isCount(second)) return undefined
  return (isCount(first) ? first : 0) + (isCount(second) ? second : 0)
}
