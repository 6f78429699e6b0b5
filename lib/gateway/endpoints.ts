import type { ApiShape } from './apis/api-shape.ts'
import { chatApi, completionsApi } from './apis/chat.ts'
import { embeddingsApi } from './apis/embeddings.ts'
import { messagesApi } from './apis/messages.ts'
import { responsesApi } from './apis/responses.ts'

/** What is served at a path; `id` null: the whole list. */
export type Endpoint =
  { type: 'api'; shape: ApiShape } | { type: 'models'; id: string | null } | { type: 'health' }

const APIS: readonly ApiShape[] = [chatApi, completionsApi, embeddingsApi, responsesApi, messagesApi]

const ENDPOINTS: ReadonlyMap<string, Endpoint> = new Map<string, Endpoint>([
  ...APIS.map((shape): [string, Endpoint] => [shape.path, { type: 'api', shape }]),
  ['/v1/models', { type: 'models', id: null }],
  ['/healthz', { type: 'health' }],
])
const ONE_MODEL = '/v1/models/'

/** The endpoint at a path; null where there is none. A model's name may hold slashes. */
export function endpointAt(path: string): Endpoint | null {
  const found = ENDPOINTS.get(path)
  if (found !== undefined) return found
  if (!path.startsWith(ONE_MODEL) || path.length === ONE_MODEL.length) return null
  try {
    return { type: 'models', id: decodeURIComponent(path.slice(ONE_MODEL.length)) }
  } catch {
    return null
  }
}

/** Every path with its method, for those who look for one. */
export const ENDPOINT_LIST = [
  ...APIS.map(({ path }) => `POST ${path}`),
  'GET /v1/models',
  'GET /healthz',
].join(', ')

/** The shape of errors where no API was called: Anthropic's clients say that they are such. */
export const shapeOfCaller = (isAnthropic: boolean): ApiShape => (isAnthropic ? messagesApi : chatApi)
