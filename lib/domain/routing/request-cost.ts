import type { Candidate } from './candidate.ts'
import type { RequestFacts } from './request-facts.ts'

/** Input tokens of a request that does not say: a page and a half of text. */
export const ASSUMED_INPUT_TOKENS = 1_000

/** Output tokens where none were measured: a typical chat answer has about so many. */
export const ASSUMED_OUTPUT_TOKENS = 500

/** What the request is likely to cost there, in US dollars; null without a price. */
export function requestCostUsd(
  { estimatedTokens }: Pick<RequestFacts, 'estimatedTokens'>,
  { price, outputTokens }: Pick<Candidate, 'price' | 'outputTokens'>,
): number | null {
  if (price === null) return null
  const inputTokens = estimatedTokens ?? ASSUMED_INPUT_TOKENS
  return (inputTokens * price.in + (outputTokens ?? ASSUMED_OUTPUT_TOKENS) * price.out) / 1_000_000
}
