import type { Provider } from '#lib/domain/provider.ts'

/** The id that the bench's providers have by their number. */
export const providerId = (index: number) => `bench-${String(index).padStart(4, '0')}`

/** A provider of the bench, as it stands in the database. */
export const benchProvider = (
  index: number,
  { baseUrl, now }: { baseUrl: string; now: number },
): Provider => ({
  id: providerId(index),
  name: providerId(index),
  kind: 'openai-compatible',
  baseUrl,
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
  createdAt: now,
  updatedAt: now,
})
