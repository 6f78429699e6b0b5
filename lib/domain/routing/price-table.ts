import type { Provider, ProviderKind } from '../provider.ts'
import type { Candidate } from './candidate.ts'

type Price = NonNullable<Candidate['price']>
type Prices = Readonly<Record<string, readonly [input: number, output: number]>>

// As of 2026-11-25, from dated transcriptions of the vendors' pages, which each block names: US dollars per 1,000,000
// tokens, input and output, at the standard rate for short prompts, without cache and batch discounts.

/** https://developers.openai.com/api/docs/pricing as read in October 2026. Azure OpenAI's global deployments cost the same. */
const OPENAI: Prices = {
  'gpt-6-astra': [10, 50],
  'gpt-6.1-sol': [2, 10],
  'gpt-6-sol': [2, 10],
  'gpt-6-luna': [0.1, 0.5],
  'gpt-5.6-sol': [4, 20],
  'gpt-5.6-terra': [2, 12],
  'gpt-5.6-luna': [0.2, 1.2],
  'gpt-5.5': [5, 30],
  'gpt-5.4': [2.5, 15],
  'gpt-5.4-mini': [0.75, 4.5],
  'gpt-5.4-nano': [0.2, 1.25],
  'gpt-5.2': [1.75, 14],
  'gpt-5.1': [1.25, 10],
  'gpt-5': [1.25, 10],
  'gpt-5-mini': [0.25, 2],
  'gpt-5-nano': [0.05, 0.4],
  'gpt-4.1': [2, 8],
  'gpt-4.1-mini': [0.4, 1.6],
  'gpt-4.1-nano': [0.1, 0.4],
  'gpt-4o': [2.5, 10],
  'gpt-4o-2024-05-13': [5, 15],
  'gpt-4o-mini': [0.15, 0.6],
  o1: [15, 60],
  o3: [2, 8],
  'o3-mini': [1.1, 4.4],
  'o4-mini': [1.1, 4.4],
  'text-embedding-3-large': [0.13, 0],
  'text-embedding-3-small': [0.02, 0],
}

/** https://platform.claude.com/docs/en/about-claude/pricing as read in October 2026; Haiku 5.5 for prompts up to 100,000 tokens. */
const ANTHROPIC: Prices = {
  'claude-fable-5-1': [10, 50],
  'claude-opus-5-5': [4, 20],
  'claude-opus-5': [5, 25],
  'claude-opus-4-6': [5, 25],
  'claude-opus-4-5': [5, 25],
  'claude-opus-4-1': [15, 75],
  'claude-sonnet-5-5': [2, 10],
  'claude-sonnet-5': [2, 10],
  'claude-sonnet-4-6': [3, 15],
  'claude-sonnet-4-5': [3, 15],
  'claude-sonnet-4': [3, 15],
  'claude-haiku-5-5': [0.1, 0.5],
  'claude-haiku-4-5': [1, 5],
  'claude-3-5-haiku': [0.8, 4],
}

/** https://ai.google.dev/gemini-api/docs/pricing as read on 2026-10-07, paid tier, prompts up to 200,000 tokens. */
const GOOGLE: Prices = {
  // Through 2026-12-31; then twice as much.
  'gemini-3.8-flash': [0.75, 3.75],
  'gemini-3.5-flash': [1.5, 9],
  'gemini-3.5-flash-lite': [0.3, 2.5],
  'gemini-3.1-pro-preview': [2, 12],
  'gemini-2.5-pro': [1.25, 10],
  'gemini-2.5-flash': [0.3, 2.5],
  'gemini-2.5-flash-lite': [0.1, 0.4],
}

/** https://docs.mistral.ai/models as read in August 2026. */
const MISTRAL: Prices = {
  'mistral-large-2512': [0.5, 1.5],
  'mistral-medium-2604': [1.5, 7.5],
  'mistral-medium-3-5': [1.5, 7.5],
  'mistral-medium-latest': [1.5, 7.5],
  'mistral-small-2603': [0.15, 0.6],
  'codestral-2508': [0.3, 0.9],
  'codestral-latest': [0.3, 0.9],
}

/** https://docs.x.ai/developers/pricing as read in September 2026, prompts up to 200,000 tokens. */
const XAI: Prices = {
  'grok-4.7': [2, 6],
  'grok-4.6': [2, 6],
  'grok-4.5': [2, 6],
  'grok-4.3': [1.25, 2.5],
}

/** https://api-docs.deepseek.com/quick_start/pricing as read on 2026-10-27, off-peak; twice as much in peak hours. */
const DEEPSEEK: Prices = {
  'deepseek-flash': [0.15, 0.6],
  'deepseek-v4-pro': [0.66, 1.98],
}

/** https://console.groq.com/docs/models as read in October 2026. */
const GROQ: Prices = {
  'openai/gpt-oss-120b': [0.15, 0.6],
  'openai/gpt-oss-20b': [0.075, 0.3],
}

const BY_KIND: Readonly<Partial<Record<ProviderKind, Prices>>> = {
  openai: OPENAI,
  'azure-openai': OPENAI,
  anthropic: ANTHROPIC,
  google: GOOGLE,
  mistral: MISTRAL,
  xai: XAI,
  deepseek: DEEPSEEK,
  groq: GROQ,
}

/** Kinds that run on one's own machines: a token more costs nothing. */
const FREE: ReadonlySet<ProviderKind> = new Set<ProviderKind>(['ollama', 'vllm'])

/** A dated snapshot of a model costs what the model costs, where it has no price of its own. */
const SNAPSHOT = /-(?:\d{4}-\d{2}-\d{2}|\d{8})$/

/** The list price of a well-known model, US dollars per 1,000,000 tokens; null where it is not known. */
export function priceOf(kind: ProviderKind, model: string): Price | null {
  if (FREE.has(kind)) return { in: 0, out: 0 }
  const prices = BY_KIND[kind]
  if (prices === undefined) return null
  const price = ownEntry(prices, model) ?? ownEntry(prices, model.replace(SNAPSHOT, ''))
  return price === undefined ? null : { in: price[0], out: price[1] }
}

// Own entries only: a model may be called `constructor`.
const ownEntry = (prices: Prices, model: string) => (Object.hasOwn(prices, model) ? prices[model] : undefined)

/** What a model costs at a provider: its own prices, else the list's; null unless both input and output are known. */
export function providerPrice(
  { kind, models }: Pick<Provider, 'kind' | 'models'>,
  model: string,
): Price | null {
  const own = models.find(({ name }) => name === model)
  const listed = priceOf(kind, model)
  const [input, output] = [own?.priceIn ?? listed?.in, own?.priceOut ?? listed?.out]
  return input === undefined || output === undefined ? null : { in: input, out: output }
}
