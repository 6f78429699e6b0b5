import { describe, expect, it } from 'vitest'
import { gatewayPath } from './gateway-path.ts'
import type { ProviderKind } from './provider.ts'
import type { GatewayApi } from './routing/request-facts.ts'

describe('gatewayPath', () => {
  it.each<[kind: ProviderKind, apiVersion: string | null, api: GatewayApi, path: string | null]>([
    ['openai', null, 'chat', 'chat/completions'],
    ['openai', null, 'responses', 'responses'],
    ['openai', null, 'messages', null],
    ['anthropic', null, 'messages', 'v1/messages'],
    ['anthropic', null, 'chat', null],
    ['azure-openai', null, 'embeddings', 'openai/v1/embeddings'],
    ['azure-openai', 'preview', 'chat', 'openai/v1/chat/completions?api-version=preview'],
    [
      'azure-openai',
      '2024-10-21',
      'chat',
      'openai/deployments/{model}/chat/completions?api-version=2024-10-21',
    ],
    ['azure-openai', '2025-04-01-preview', 'responses', 'openai/responses?api-version=2025-04-01-preview'],
    ['mistral', null, 'completions', null],
    ['ollama', null, 'messages', 'v1/messages'],
    ['http', null, 'chat', null],
  ])('%s (%s) speaks %s at %s', (kind, apiVersion, api, path) => {
    expect(gatewayPath({ kind, apiVersion }, api)?.path ?? null).toBe(path)
  })

  it('sends the key of Gemini as its OpenAI-shaped API wants it', () => {
    expect(gatewayPath({ kind: 'google', apiVersion: null }, 'chat')).toEqual({
      path: 'openai/chat/completions',
      auth: 'bearer',
    })
  })
})
