import type { IncomingHttpHeaders } from 'node:http'
import { type GatewayApi, type RequestFacts, tokensOfBytes } from '#lib/domain/routing/request-facts.ts'
import type { ApiShape } from './apis/api-shape.ts'
import type { BodyFields } from './read-body.ts'

/** Never told to a rule, whatever it asks for. */
const SECRET: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization', 'x-api-key', 'cookie'])

const NO_FIELDS: Readonly<Record<string, string>> = {}

/** What of a request may decide where it goes. Headers and metadata are put in order only when a rule asks for them. */
export const requestFacts = (shape: ApiShape, body: BodyFields, headers: IncomingHttpHeaders): RequestFacts =>
  new FactsOfRequest(shape, body, headers)

// A class, because its getters are made once, not for each request.
class FactsOfRequest implements RequestFacts {
  readonly model: string
  readonly api: GatewayApi
  readonly region: string | null
  readonly userId: string | null
  readonly sessionId: string | null
  readonly estimatedTokens: number | null
  readonly requestBytes: number | null
  readonly #headers: IncomingHttpHeaders
  readonly #metadata: BodyFields['metadata']

  constructor(shape: ApiShape, body: BodyFields, headers: IncomingHttpHeaders) {
    this.model = body.model
    this.api = shape.api
    this.region = textIn(headers['x-switchyard-region'])
    this.userId = shape.userOf(body) ?? textIn(headers['x-switchyard-user'])
    this.sessionId = textIn(headers['x-switchyard-session'])
    this.estimatedTokens = tokensOfBytes(body.size)
    this.requestBytes = body.size
    this.#headers = headers
    this.#metadata = body.metadata
  }

  get headers(): Readonly<Record<string, string>> {
    return textsOf(this.#headers, (name) => !SECRET.has(name))
  }

  get metadata(): Readonly<Record<string, string>> {
    return textsOf(this.#metadata, () => true)
  }
}

const textIn = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value.slice(0, 256) : null

function textsOf(
  fields: Readonly<Record<string, unknown>>,
  keeps: (name: string) => boolean,
): Readonly<Record<string, string>> {
  let texts: Record<string, string> | null = null
  for (const [name, value] of Object.entries(fields)) {
    if (!keeps(name) || !['string', 'number', 'boolean'].includes(typeof value)) continue
    texts ??= {}
    texts[name] = String(value)
  }
  return texts ?? NO_FIELDS
}
