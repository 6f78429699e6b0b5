export const PROVIDER_KINDS = [
  'openai',
  'anthropic',
  'azure-openai',
  'google',
  'mistral',
  'cohere',
  'groq',
  'together',
  'openrouter',
  'deepseek',
  'perplexity',
  'fireworks',
  'xai',
  'ollama',
  'vllm',
  'openai-compatible',
  'http',
] as const
export type ProviderKind = (typeof PROVIDER_KINDS)[number]

export const PROBE_TYPES = ['models', 'completion', 'http', 'tcp'] as const
export type ProbeType = (typeof PROBE_TYPES)[number]

/** How a provider is checked. Null fields take the kind's default. */
export type Probe = {
  type: ProbeType
  model: string | null
  path: string | null
  expectStatus: number | null
  /** US dollars a UTC day that completion probes may spend; null: no limit was set. */
  dailyBudgetUsd: number | null
  /** Skip a paid check while traffic of the last interval proves the provider healthy. */
  skipWhenTrafficProves: boolean
}

/** A model that a provider serves; prices are US dollars per 1,000,000 tokens. */
export type ProviderModel = {
  name: string
  alias: string | null
  priceIn: number | null
  priceOut: number | null
}

/** Where a provider's key is: sealed in the database, named by a reference, or nowhere. */
export type KeySource =
  | { type: 'none' }
  | { type: 'sealed'; sealed: string; last4: string }
  | { type: 'reference'; reference: string }

/** One upstream LLM API account or endpoint, as it is kept. */
export type Provider = {
  id: string
  name: string
  kind: ProviderKind
  baseUrl: string
  key: KeySource
  headers: Readonly<Record<string, string>>
  apiVersion: string | null
  region: string | null
  coordinates: readonly [lat: number, lon: number] | null
  models: readonly ProviderModel[]
  tags: readonly string[]
  enabled: boolean
  weight: number
  priority: number
  maxConcurrency: number | null
  probe: Probe
  version: number
  createdAt: number
  updatedAt: number
}
