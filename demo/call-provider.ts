import type { ReportedOutcome } from '#lib/contract/check.ts'
import type { ApiName } from './apis/by-name.ts'

/** What a call needs to know of a provider. */
export type Target = {
  id: string
  api: ApiName
  baseUrl: string
  apiKey: string | null
  models: readonly string[]
}

type CallOptions = { model: string; timeoutMs: number; signal: AbortSignal; now: () => number }

/** Makes one call of the kind the model is for, and tells how it ended as a gateway would report it; never rejects. */
export async function callProvider(target: Target, options: CallOptions): Promise<ReportedOutcome> {
  const { path, headers, body } = REQUESTS[target.api]({ key: target.apiKey ?? '', model: options.model })
  const startedAt = options.now()
  const ended = await send(`${target.baseUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)]),
  })
  const at = options.now()
  return {
    providerId: target.id,
    model: options.model,
    latencyMs: at - startedAt,
    at: new Date(at).toISOString(),
    ...(options.signal.aborted ? { class: 'cancelled' } : ended),
  }
}

type Question = { key: string; model: string }
type ProviderRequest = { path: string; headers: Record<string, string>; body: object }

const isEmbedding = (model: string) => model.includes('embed')
const input = 'Which platform?'
const messages = [{ role: 'user', content: input }]

const REQUESTS: Readonly<Record<ApiName, (question: Question) => ProviderRequest>> = {
  openai: ({ key, model }) => ({
    path: isEmbedding(model) ? '/embeddings' : '/chat/completions',
    headers: { authorization: `Bearer ${key}` },
    body: isEmbedding(model) ? { model, input } : { model, messages },
  }),
  azure: ({ key, model }) => ({
    path: '/openai/v1/chat/completions',
    headers: { 'api-key': key },
    body: { model, messages },
  }),
  anthropic: ({ key, model }) => ({
    path: '/v1/messages',
    headers: { 'x-api-key': key, 'anthropic-version': '2023-06-01' },
    body: { model, max_tokens: 64, messages },
  }),
  google: ({ key, model }) => ({
    path: `/models/${model}:generateContent`,
    headers: { 'x-goog-api-key': key },
    body: { contents: [{ role: 'user', parts: [{ text: input }] }] },
  }),
  ollama: ({ model }) => ({
    path: isEmbedding(model) ? '/api/embed' : '/api/chat',
    headers: {},
    body: isEmbedding(model) ? { model, input } : { model, messages, stream: false },
  }),
}

type Ending = Pick<ReportedOutcome, 'httpStatus' | 'error' | 'retryAfterMs'>

async function send(url: string, init: RequestInit): Promise<Ending> {
  try {
    const response = await fetch(url, init)
    const text = await response.text()
    if (!response.ok) return { httpStatus: response.status, ...retryAfter(response.headers) }
    const fault = faultOfBody(text)
    return fault === null ? { httpStatus: response.status } : { httpStatus: response.status, error: fault }
  } catch (error) {
    return { error: errorKind(error) }
  }
}

function faultOfBody(text: string): 'bad_body' | 'error_body' | null {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null && 'error' in body ? 'error_body' : null
  } catch {
    return 'bad_body'
  }
}

function errorKind(error: unknown): NonNullable<ReportedOutcome['error']> {
  if (error instanceof Error && error.name === 'TimeoutError') return 'response_timeout'
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined
  return cause?.code === 'ECONNREFUSED' ? 'refused' : 'reset'
}

/** The two ways of saying it that need no knowledge of the provider. */
function retryAfter(headers: Headers): Pick<ReportedOutcome, 'retryAfterMs'> {
  const ms = Number(headers.get('retry-after-ms') ?? NaN)
  const seconds = Number(headers.get('retry-after') ?? NaN)
  const given = Number.isNaN(ms) ? seconds * 1_000 : ms
  return Number.isNaN(given) || given < 0 ? {} : { retryAfterMs: Math.min(given, 3_600_000) }
}
