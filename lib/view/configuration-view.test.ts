import { describe, expect, it } from 'vitest'
import type { ProviderConfig } from '#lib/contract/provider.ts'
import { configurationRows } from './configuration-view.ts'

const provider: ProviderConfig = {
  id: 'azure-eu',
  name: 'azure-eu',
  kind: 'azure-openai',
  baseUrl: 'https://example.openai.azure.com',
  hasApiKey: true,
  apiKeyLast4: 'key1',
  apiKeyRef: null,
  headers: { 'x-team': 'search' },
  apiVersion: null,
  region: 'westeurope',
  coordinates: [52.3, 4.9],
  models: [
    { name: 'gpt-4o', alias: 'big', priceIn: 2.5, priceOut: 10 },
    { name: 'gpt-4o-mini', alias: null, priceIn: null, priceOut: null },
  ],
  tags: [],
  enabled: true,
  weight: 1,
  priority: 0,
  maxConcurrency: null,
  probe: {
    type: 'completion',
    model: 'gpt-4o-mini',
    path: null,
    expectStatus: null,
    dailyBudgetUsd: 0.5,
    skipWhenTrafficProves: true,
  },
  thresholds: {},
  version: 3,
  createdAt: '2026-01-31T12:00:00.000Z',
  updatedAt: '2026-01-31T12:00:00.000Z',
}

const valueOf = (name: string, over: Partial<ProviderConfig> = {}) =>
  configurationRows({ ...provider, ...over }).find((row) => row.name === name)?.value

describe('a provider’s configuration in rows', () => {
  it('tells where the key is, never the key', () => {
    expect(valueOf('Key')).toBe('kept, ends in …key1')
    expect(valueOf('Key', { apiKeyRef: 'env:AZURE_KEY', apiKeyLast4: null })).toBe('from env:AZURE_KEY')
    expect(valueOf('Key', { hasApiKey: false, apiKeyLast4: null })).toBe('none')
  })

  it('puts the probe in a line', () => {
    expect(valueOf('Probe')).toBe(
      'completion · gpt-4o-mini · at most $0.5 a day · skipped while traffic proves health',
    )
  })

  it('names models with alias and prices where they have them', () => {
    const models = configurationRows(provider).filter(({ name }) => name === 'Model')
    expect(models.map(({ value }) => value)).toEqual([
      'gpt-4o as big · $2.5 in, $10 out per 1,000,000 tokens',
      'gpt-4o-mini',
    ])
    expect(valueOf('Header x-team')).toBe('search')
  })

  it('leaves out what is not set', () => {
    expect(valueOf('API version')).toBeUndefined()
    expect(valueOf('Tags')).toBeUndefined()
    expect(valueOf('Concurrency')).toBeUndefined()
  })
})
