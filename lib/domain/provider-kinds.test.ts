import { describe, expect, it } from 'vitest'
import { PROVIDER_KINDS } from './provider.ts'
import { KIND_FACTS, kindPaths } from './provider-kinds.ts'

describe('KIND_FACTS', () => {
  it('knows every kind', () => {
    expect(Object.keys(KIND_FACTS).sort()).toEqual([...PROVIDER_KINDS].sort())
  })

  it.each(PROVIDER_KINDS)(
    '%s: its base URLs parse, without a slash at the end, and its probe can be run',
    (kind) => {
      const { baseUrl, baseUrlExample, probe, models, needsKey, auth } = KIND_FACTS[kind]
      for (const text of [baseUrl ?? baseUrlExample, baseUrlExample]) {
        expect(URL.canParse(text)).toBe(true)
        expect(text.endsWith('/')).toBe(false)
      }
      expect(probe.type !== 'models' || models !== null).toBe(true)
      expect(needsKey && auth === 'none').toBe(false)
    },
  )

  it('only kinds that the user must place have no base URL', () => {
    expect(PROVIDER_KINDS.filter((kind) => KIND_FACTS[kind].baseUrl === null)).toEqual([
      'azure-openai',
      'openai-compatible',
      'http',
    ])
  })
})

describe('kindPaths', () => {
  it('takes the older Azure paths for a dated API version only', () => {
    expect(kindPaths('azure-openai', null)).toEqual({
      models: 'openai/v1/models',
      completion: 'openai/v1/chat/completions',
    })
    expect(kindPaths('azure-openai', '2024-10-21')).toEqual({
      models: 'openai/models?api-version=2024-10-21',
      completion: 'openai/deployments/{model}/chat/completions?api-version=2024-10-21',
    })
    expect(kindPaths('azure-openai', 'preview').models).toBe('openai/v1/models?api-version=preview')
    expect(kindPaths('azure-openai', '2024-10-21&x=1').models).toBe(
      'openai/models?api-version=2024-10-21%26x%3D1',
    )
  })

  it('leaves other kinds alone', () => {
    expect(kindPaths('anthropic', '2023-06-01').models).toBe('v1/models?limit=1')
    expect(kindPaths('http', null)).toEqual({ models: null, completion: null })
  })
})
