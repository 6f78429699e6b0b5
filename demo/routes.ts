import type { CreateRoute } from '#lib/contract/route.ts'

/** The routes over the demo's fleet: most strategies once, each for a kind of traffic that the load sends. */
export const DEMO_ROUTES: readonly CreateRoute[] = [
  {
    name: 'chat',
    models: ['gpt-4o', 'gpt-4o-mini'],
    members: [
      { providerId: 'openai-prod', weight: 5 },
      { providerId: 'azure-eu', model: 'gpt-4o', weight: 3 },
      { providerId: 'mistral', model: 'mistral-large-latest', weight: 1 },
      { providerId: 'gemini', model: 'gemini-2.5-pro', weight: 1 },
    ],
    strategy: { type: 'load-balance', algorithm: 'weighted' },
  },
  {
    name: 'chat-fast',
    models: ['fast'],
    members: [
      { providerId: 'groq', model: 'llama-3.3-70b-versatile' },
      { providerId: 'mistral', model: 'mistral-small-latest' },
      { providerId: 'gemini', model: 'gemini-2.5-flash' },
      { providerId: 'openai-prod', model: 'gpt-4o-mini' },
    ],
    strategy: { type: 'load-balance', algorithm: 'latency' },
  },
  {
    name: 'claude',
    models: ['claude-*'],
    members: [
      { providerId: 'anthropic', priority: 0 },
      { providerId: 'openrouter', model: 'anthropic/claude-sonnet-4.5', priority: 1 },
      { providerId: 'local-ollama', model: 'llama3.2:3b', priority: 2 },
    ],
    strategy: { type: 'failover', policy: { type: 'threshold', failures: 3 } },
  },
  {
    name: 'embeddings',
    models: ['text-embedding-*'],
    members: [
      // The same model at both: vectors of two models cannot be compared.
      { providerId: 'openai-prod', model: 'text-embedding-3-small' },
      { providerId: 'azure-eu', model: 'text-embedding-3-small' },
    ],
    strategy: { type: 'cost', minSuccessRate: 0.8 },
  },
  {
    name: 'nearest',
    models: ['nearest'],
    members: [
      { providerId: 'openai-prod', model: 'gpt-4o-mini' },
      { providerId: 'azure-eu', model: 'gpt-4o' },
      { providerId: 'mistral', model: 'mistral-small-latest' },
    ],
    strategy: { type: 'geographic' },
  },
  {
    name: 'summaries',
    models: ['summarise'],
    members: [
      { providerId: 'mistral', model: 'mistral-small-latest' },
      { providerId: 'openrouter', model: 'deepseek/deepseek-chat' },
      { providerId: 'local-ollama', model: 'llama3.2:3b' },
    ],
    strategy: {
      type: 'ab-test',
      stickyBy: 'user',
      variants: [
        { name: 'mistral', percent: 60, providerIds: ['mistral'] },
        { name: 'deepseek', percent: 25, providerIds: ['openrouter'] },
        { name: 'local', percent: 15, providerIds: ['local-ollama'] },
      ],
    },
  },
]
