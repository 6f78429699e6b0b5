import type { Provider } from './provider.ts'

/** A provider as a form would have made it, without a key. */
export const plainProvider = (id: string, part: Partial<Provider> = {}): Provider => ({
  id,
  name: id,
  kind: 'openai-compatible',
  baseUrl: `https://${id}.example.com/v1`,
  key: { type: 'none' },
  headers: {},
  apiVersion: null,
  region: null,
  coordinates: null,
  models: [],
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
  version: 1,
  createdAt: 0,
  updatedAt: 0,
  ...part,
})
