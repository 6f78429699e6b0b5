import { gatewayPaths, OPENAI_APIS, type GatewayPaths } from './gateway-paths.ts'
import type { ProbeType, ProviderKind } from './provider.ts'
import { GATEWAY_APIS } from './routing/request-facts.ts'

/**
 * How a kind wants its key: the header that carries it. `bearer` is `authorization: Bearer …`; `none` sends no
 * header unless a key was given, and then as a bearer.
 */
export type AuthScheme = 'bearer' | 'api-key' | 'x-api-key' | 'x-goog-api-key' | 'none'

/** The JSON that a model list is written in: `data: [{id}]`, `models: [{name}]`, or either, or a bare list. */
export type ModelListShape = 'openai' | 'named'

/** The API a completion speaks, for its request, its answer and its token counts. */
export type CompletionShape = 'openai' | 'anthropic' | 'google' | 'cohere' | 'ollama'

/**
 * What is publicly known of one kind of provider. Paths are relative to the base URL; one that starts with `../`
 * climbs out of it, and leading segments that the base URL ends with already are not repeated.
 */
export type KindFacts = {
  label: string
  /** Null where only the user can know it. */
  baseUrl: string | null
  /** What the base URL looks like, for the form. */
  baseUrlExample: string
  auth: AuthScheme
  needsKey: boolean
  /** Null where there is no model list. */
  models: {
    path: string
    shape: ModelListShape
    /** Whether the list is refused without a good key, so that reading it proves the key too. */
    provesKey: boolean
  } | null
  /** Null where no completion is possible. `{model}` stands for the model's name. */
  completion: {
    path: string
    shape: CompletionShape
    maxTokensField: 'max_tokens' | 'max_completion_tokens'
  } | null
  /** The free probe that says most about this kind; `path` null takes the type's own. */
  probe: { type: ProbeType; path: string | null }
  /** The API version sent where the provider names none; null where the kind has none or needs none. */
  apiVersion: string | null
  /** What of the gateway's APIs it serves, without a named API version. `{model}` stands for the model's name. */
  gateway: GatewayPaths
}

const MODELS_PROBE = { type: 'models', path: null } as const

/** A kind that speaks OpenAI's chat API under its base URL. */
const openai = (
  label: string,
  baseUrl: string | null,
  facts: Partial<KindFacts> & { maxTokensField?: 'max_tokens' | 'max_completion_tokens' } = {},
): KindFacts => {
  const { maxTokensField = 'max_tokens', ...rest } = facts
  return {
    label,
    baseUrl,
    baseUrlExample: baseUrl ?? 'https://llm.example.com/v1',
    auth: 'bearer',
    needsKey: true,
    models: { path: 'models', shape: 'openai', provesKey: true },
    completion: { path: 'chat/completions', shape: 'openai', maxTokensField },
    probe: MODELS_PROBE,
    apiVersion: null,
    gateway: gatewayPaths('', OPENAI_APIS),
    ...rest,
  }
}

/** Every kind of provider, in the order in which a form offers them. */
export const KIND_FACTS: Readonly<Record<ProviderKind, KindFacts>> = {
  // OpenAI's reasoning models refuse `max_tokens`.
  openai: openai('OpenAI', 'https://api.openai.com/v1', {
    maxTokensField: 'max_completion_tokens',
    gateway: gatewayPaths('', [...OPENAI_APIS, 'responses']),
  }),
  anthropic: {
    label: 'Anthropic',
    baseUrl: 'https://api.anthropic.com',
    baseUrlExample: 'https://api.anthropic.com',
    auth: 'x-api-key',
    needsKey: true,
    models: { path: 'v1/models?limit=1', shape: 'openai', provesKey: true },
    completion: { path: 'v1/messages', shape: 'anthropic', maxTokensField: 'max_tokens' },
    probe: MODELS_PROBE,
    apiVersion: '2023-06-01',
    // Its layer for OpenAI's clients takes the key as a bearer: platform.claude.com/docs/en/api/openai-sdk
    gateway: { ...gatewayPaths('v1/', ['messages']), ...gatewayPaths('v1/', ['chat'], 'bearer') },
  },
  // The v1 API, generally available since August 2025, needs no api-version; a dated one selects the older paths.
  'azure-openai': openai('Azure OpenAI', null, {
    baseUrlExample: 'https://my-resource.openai.azure.com',
    auth: 'api-key',
    models: { path: 'openai/v1/models', shape: 'openai', provesKey: true },
    completion: {
      path: 'openai/v1/chat/completions',
      shape: 'openai',
      maxTokensField: 'max_completion_tokens',
    },
    gateway: gatewayPaths('openai/v1/', [...OPENAI_APIS, 'responses']),
  }),
  google: {
    label: 'Google Gemini',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
    baseUrlExample: 'https://generativelanguage.googleapis.com/v1beta',
    auth: 'x-goog-api-key',
    needsKey: true,
    models: { path: 'models?pageSize=1', shape: 'named', provesKey: true },
    completion: { path: 'models/{model}:generateContent', shape: 'google', maxTokensField: 'max_tokens' },
    probe: MODELS_PROBE,
    apiVersion: null,
    // ai.google.dev/gemini-api/docs/openai
    gateway: gatewayPaths('openai/', ['chat', 'embeddings'], 'bearer'),
  },
  mistral: openai('Mistral', 'https://api.mistral.ai/v1', {
    gateway: gatewayPaths('', ['chat', 'embeddings']),
  }),
  // Chat is at version 2 while the model list stayed at version 1, hence a base URL without either.
  cohere: {
    label: 'Cohere',
    baseUrl: 'https://api.cohere.com',
    baseUrlExample: 'https://api.cohere.com',
    auth: 'bearer',
    needsKey: true,
    models: { path: 'v1/models?page_size=1', shape: 'named', provesKey: true },
    completion: { path: 'v2/chat', shape: 'cohere', maxTokensField: 'max_tokens' },
    probe: MODELS_PROBE,
    apiVersion: null,
    // docs.cohere.com/docs/compatibility-api
    gateway: gatewayPaths('compatibility/v1/', ['chat', 'embeddings']),
  },
  // console.groq.com/docs/openai: no embeddings.
  groq: openai('Groq', 'https://api.groq.com/openai/v1', {
    maxTokensField: 'max_completion_tokens',
    gateway: gatewayPaths('', ['chat', 'responses']),
  }),
  together: openai('Together AI', 'https://api.together.ai/v1'),
  // The model list is public and half a megabyte; `key` is small and refuses a bad key.
  openrouter: openai('OpenRouter', 'https://openrouter.ai/api/v1', {
    models: { path: 'models', shape: 'openai', provesKey: false },
    probe: { type: 'http', path: '/key' },
    // openrouter.ai/docs: its Messages API is for Anthropic's clients, with the same key as a bearer.
    gateway: gatewayPaths('', [...OPENAI_APIS, 'responses', 'messages']),
  }),
  // api-docs.deepseek.com/guides/anthropic_api
  deepseek: openai('DeepSeek', 'https://api.deepseek.com', {
    gateway: { ...gatewayPaths('', ['chat']), ...gatewayPaths('anthropic/v1/', ['messages'], 'x-api-key') },
  }),
  // The list covers only the Agent API and is documented without authentication: it proves that the service answers,
  // not that the key is good or that the Sonar models work. Only a completion would, and that costs money.
  perplexity: openai('Perplexity', 'https://api.perplexity.ai', {
    models: { path: 'v1/models', shape: 'openai', provesKey: false },
    // Chat stays for those who still have it; what replaced it in September 2026 speaks Responses:
    // docs.perplexity.ai/docs/agent-api/openai-compatibility
    gateway: { ...gatewayPaths('', ['chat']), ...gatewayPaths('v1/', ['responses', 'embeddings']) },
  }),
  // The OpenAI-shaped list under /inference is undocumented and answers 500 for many accounts; the documented one is
  // outside the base URL. The public account `fireworks` is readable with any good key.
  fireworks: openai('Fireworks', 'https://api.fireworks.ai/inference/v1', {
    models: { path: '../../v1/accounts/fireworks/models?pageSize=1', shape: 'named', provesKey: true },
    // docs.fireworks.ai/tools-sdks/anthropic-compatibility
    gateway: gatewayPaths('', [...OPENAI_APIS, 'responses', 'messages']),
  }),
  // docs.x.ai: its Messages API is deprecated.
  xai: openai('xAI', 'https://api.x.ai/v1', {
    maxTokensField: 'max_completion_tokens',
    gateway: gatewayPaths('', ['chat', 'responses']),
  }),
  ollama: {
    label: 'Ollama',
    baseUrl: 'http://localhost:11434',
    baseUrlExample: 'http://localhost:11434',
    auth: 'none',
    needsKey: false,
    models: { path: 'api/tags', shape: 'named', provesKey: false },
    completion: { path: 'api/chat', shape: 'ollama', maxTokensField: 'max_tokens' },
    probe: MODELS_PROBE,
    apiVersion: null,
    // docs.ollama.com/api/openai-compatibility and /api/anthropic-compatibility
    gateway: gatewayPaths('v1/', GATEWAY_APIS),
  },
  // 8000 is the port that `vllm serve` takes by itself; a key is asked for only where the server was given one.
  vllm: openai('vLLM', 'http://localhost:8000/v1', {
    auth: 'none',
    needsKey: false,
    models: { path: 'models', shape: 'openai', provesKey: false },
    // docs.vllm.ai/en/stable/serving/online_serving.html
    gateway: gatewayPaths('', GATEWAY_APIS),
  }),
  'openai-compatible': openai('OpenAI-compatible', null, {
    auth: 'none',
    needsKey: false,
    models: { path: 'models', shape: 'openai', provesKey: false },
  }),
  http: {
    label: 'Plain HTTP',
    baseUrl: null,
    baseUrlExample: 'https://service.example.com/health',
    auth: 'none',
    needsKey: false,
    models: null,
    completion: null,
    probe: { type: 'http', path: null },
    apiVersion: null,
    gateway: {},
  },
}

/** Whether an API version of Azure is a dated one, which selects the older paths. */
export const isDated = (apiVersion: string) => /^\d{4}-\d{2}-\d{2}/.test(apiVersion)

/** The paths of one provider: its kind's, or those of the API version that it names. */
export function kindPaths(
  kind: ProviderKind,
  apiVersion: string | null,
): { models: string | null; completion: string | null } {
  const { models, completion } = KIND_FACTS[kind]
  if (kind !== 'azure-openai' || apiVersion === null) {
    return { models: models?.path ?? null, completion: completion?.path ?? null }
  }
  const version = `api-version=${encodeURIComponent(apiVersion)}`
  return isDated(apiVersion)
    ? {
        models: `openai/models?${version}`,
        completion: `openai/deployments/{model}/chat/completions?${version}`,
      }
    : { models: `openai/v1/models?${version}`, completion: `openai/v1/chat/completions?${version}` }
}
