/** How many tokens a model's calls use on average. */
export type TokenUsage = { inputTokens: number; outputTokens: number }

const ALPHA = 0.1

/** The averages with one more call in them; the first is taken as it is. */
export function observeTokens(usage: TokenUsage | null, call: TokenUsage): TokenUsage {
  if (usage === null) return call
  return {
    inputTokens: usage.inputTokens + ALPHA * (call.inputTokens - usage.inputTokens),
    outputTokens: usage.outputTokens + ALPHA * (call.outputTokens - usage.outputTokens),
  }
}
