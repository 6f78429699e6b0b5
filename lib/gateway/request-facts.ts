import type { IncomingHttpHeaders } from 'node:http'
import type { RequestFacts } from '#lib/domain/routing/request-facts.ts'
import type { ApiShape } from './apis/api-shape.ts'
import type { BodyFields } from './read-body.ts'

/** Never told to a rule, whatever it asks for. */
const SECRET: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization', 'x-api-key', 'cookie'])
/** About as many bytes of JSON make a token. */
const BYTES_A_TOKEN = 4

const NO_FIELDS: Readonly<Record<string, string>> = {}

/** What of a request may decide where it goes. Headers and metadata are put in order only when a rule asks for them. */
export function requestFacts(
  shape: ApiShape,
  body: BodyFields & { size: number | null },
  headers: IncomingHttpHeaders,
): RequestFacts {
  return {
    model: body.model,
    api: shape.api,
    region: textIn(headers['x-switchyard-region']),
    userId: shape.userOf(body) ?? textIn(headers['x-switchyard-user']),
    sessionId: textIn(headers['x-switchyard-session']),
    estimatedTokens: body.size === null ? null : Math.ceil(body.size / BYTES_A_TOKEN),
    requestBytes: body.size,
    get headers() {
      return textsOf(headers, (name) => !SECRET.has(name))
    },
    get metadata() {
      return textsOf(body.metadata, () => true)
    },
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
