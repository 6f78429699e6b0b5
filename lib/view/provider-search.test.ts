import { describe, expect, it } from 'vitest'
import type { ProviderConfig } from '#lib/contract/provider.ts'
import { matchesSearch } from './provider-search.ts'

const provider = {
  id: 'azure-eu',
  name: 'Azure Europe',
  kind: 'azure-openai',
  baseUrl: 'https://example.openai.azure.com',
  region: null,
  tags: ['prod'],
  models: [{ name: 'gpt-4o', alias: null, priceIn: null, priceOut: null }],
} as unknown as ProviderConfig

describe('matchesSearch', () => {
  it.each(['', '  ', 'azure', 'EUROPE', 'prod gpt-4', 'azure openai'])('finds it by %j', (search) => {
    expect(matchesSearch(provider, search)).toBe(true)
  })
  it.each(['groq', 'azure groq'])('does not find it by %j', (search) => {
    expect(matchesSearch(provider, search)).toBe(false)
  })
})
