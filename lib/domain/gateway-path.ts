import { type AuthScheme, KIND_FACTS } from './provider-kinds.ts'
import type { ProviderKind } from './provider.ts'
import type { GatewayApi } from './routing/request-facts.ts'

type Paths = Partial<Readonly<Record<GatewayApi, string>>>

const OPENAI: Paths = {
  chat: 'chat/completions',
  completions: 'completions',
  embeddings: 'embeddings',
  responses: 'responses',
}
const MESSAGES: Paths = { messages: 'messages' }

/** What each kind speaks of the gateway's APIs, as its documentation promises; relative to the base URL. */
const PATHS: Readonly<Record<ProviderKind, Paths>> = {
  openai: OPENAI,
  anthropic: { messages: 'v1/messages' },
  'azure-openai': under('openai/v1', OPENAI),
  google: under('openai', pick(OPENAI, 'chat', 'embeddings')),
  mistral: pick(OPENAI, 'chat', 'embeddings'),
  cohere: under('compatibility/v1', pick(OPENAI, 'chat', 'embeddings')),
  groq: pick(OPENAI, 'chat', 'responses'),
  together: pick(OPENAI, 'chat', 'completions', 'embeddings'),
  openrouter: { ...OPENAI, ...MESSAGES },
  deepseek: { chat: 'chat/completions', completions: 'beta/completions', messages: 'anthropic/v1/messages' },
  perplexity: pick(OPENAI, 'chat'),
  fireworks: { ...OPENAI, ...MESSAGES },
  xai: pick(OPENAI, 'chat', 'completions', 'responses'),
  ollama: under('v1', { ...OPENAI, ...MESSAGES }),
  vllm: { ...OPENAI, ...MESSAGES },
  'openai-compatible': OPENAI,
  http: {},
}

/** Where an API is called, and with which header for the key. `{model}` stands for the model's name. */
export type GatewayPath = { path: string; auth: AuthScheme }

/** Where a provider of this kind speaks one of the gateway's APIs; null where it does not. */
export function gatewayPath(
  { kind, apiVersion }: { kind: ProviderKind; apiVersion: string | null },
  api: GatewayApi,
): GatewayPath | null {
  const path = PATHS[kind][api]
  if (path === undefined) return null
  // Gemini's OpenAI-shaped API takes its key as OpenAI does.
  const auth = kind === 'google' ? 'bearer' : KIND_FACTS[kind].auth
  if (kind !== 'azure-openai' || apiVersion === null) return { path, auth }
  return { path: azurePath(path, apiVersion, api), auth }
}

/** A dated version selects the older paths, where all but the Responses API name their deployment. */
function azurePath(path: string, apiVersion: string, api: GatewayApi): string {
  const version = `api-version=${encodeURIComponent(apiVersion)}`
  if (!/^\d{4}-\d{2}-\d{2}/.test(apiVersion)) return `${path}?${version}`
  const rest = OPENAI[api] ?? ''
  return api === 'responses' ? `openai/${rest}?${version}` : `openai/deployments/{model}/${rest}?${version}`
}

function under(folder: string, paths: Paths): Paths {
  return Object.fromEntries(Object.entries(paths).map(([api, path]) => [api, `${folder}/${path}`]))
}

function pick(paths: Paths, ...apis: readonly GatewayApi[]): Paths {
  return Object.fromEntries(apis.map((api) => [api, paths[api]]))
}
