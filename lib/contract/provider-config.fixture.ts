import type { ProviderConfig } from './provider.ts'

const T0 = '2026-11-23T12:00:00.000Z'

/** An enabled provider as the API tells of it, which serves gpt-4o at OpenAI's price. */
export const providerConfig = (id: string, over: Partial<ProviderConfig> = {}): ProviderConfig => ({
  id,
  name: id,
  kind: 'openai',
  baseUrl: `https://${id}.example/v1`,
  hasApiKey: true,
  apiKeyLast4: null,
  apiKeyRef: null,
  headers: {},
  apiVersion: null,
  region: null,
  coordinates: null,
  models: [{ name: 'gpt-4o', alias: null, priceIn: 2.5, priceOut: 10 }],
  tags: [],
  enabled: true,
  weight: 1,
  priority: 0,
  maxConcurrency: null,
  probe: {
    type: 'models',
    model: null,
    path: null,
    expectStatus: null,
    dailyBudgetUsd: null,
    skipWhenTrafficProves: false,
  },
  thresholds: {},
  version: 1,
  createdAt: T0,
  updatedAt: T0,
  ...over,
})
