import { describe, expect, it } from 'vitest'
import { PROVIDER_KINDS } from './provider.ts'
import { gatewayCall } from './gateway-call.ts'
import { KIND_FACTS, kindPaths } from './provider-kinds.ts'
import type { GatewayApi } from './routing/request-facts.ts'

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

describe('gatewayCall', () => {
  const call = (kind: (typeof PROVIDER_KINDS)[number], api: GatewayApi, apiVersion: string | null = null) =>
    gatewayCall({ kind, apiVersion }, api)

  it.each<[kind: (typeof PROVIDER_KINDS)[number], api: GatewayApi, path: string | null, auth?: string]>([
    ['openai', 'chat', 'chat/completions', 'bearer'],
    ['openai', 'responses', 'responses', 'bearer'],
    ['openai', 'messages', null],
    ['openai-compatible', 'embeddings', 'embeddings', 'none'],
    ['openai-compatible', 'responses', null],
    ['anthropic', 'messages', 'v1/messages', 'x-api-key'],
    ['anthropic', 'chat', 'v1/chat/completions', 'bearer'],
    ['anthropic', 'embeddings', null],
    ['google', 'chat', 'openai/chat/completions', 'bearer'],
    ['google', 'completions', null],
    ['cohere', 'embeddings', 'compatibility/v1/embeddings', 'bearer'],
    ['deepseek', 'messages', 'anthropic/v1/messages', 'x-api-key'],
    ['ollama', 'completions', 'v1/completions', 'none'],
    ['azure-openai', 'chat', 'openai/v1/chat/completions', 'api-key'],
    ['http', 'chat', null],
  ])('%s serves %s under %s', (kind, api, path, auth) => {
    expect(call(kind, api)).toEqual(path === null ? null : { path, auth })
  })

  it('takes the deployment into the path for a dated API version of Azure', () => {
    expect(call('azure-openai', 'embeddings', '2024-10-21')?.path).toBe(
      'openai/deployments/{model}/embeddings?api-version=2024-10-21',
    )
    expect(call('azure-openai', 'responses', '2025-04-01-preview')?.path).toBe(
      'openai/responses?api-version=2025-04-01-preview',
    )
    expect(call('azure-openai', 'chat', 'preview')?.path).toBe(
      'openai/v1/chat/completions?api-version=preview',
    )
    expect(call('azure-openai', 'messages', '2024-10-21')).toBeNull()
  })
})
