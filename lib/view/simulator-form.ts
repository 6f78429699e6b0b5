import type { SelectInput } from '#lib/contract/decision.ts'
import { GATEWAY_APIS, type GatewayApi } from '#lib/domain/routing/request-facts.ts'
import type { FieldErrors } from './field-errors.ts'

/** A made-up request as its form holds it. */
export type SimulatorForm = {
  model: string
  api: GatewayApi
  region: string
  userId: string
  sessionId: string
  estimatedTokens: number | null
  requestBytes: number | null
  /** A line each: `x-tier: gold`. */
  headers: string
  /** A line each: `team = search`. */
  metadata: string
}

export const EMPTY_SIMULATOR_FORM: SimulatorForm = {
  model: '',
  api: 'chat',
  region: '',
  userId: '',
  sessionId: '',
  estimatedTokens: null,
  requestBytes: null,
  headers: '',
  metadata: '',
}

const API_WORDS: Readonly<Record<GatewayApi, string>> = {
  chat: 'Chat completions',
  completions: 'Completions',
  embeddings: 'Embeddings',
  responses: 'Responses',
  messages: 'Messages (Anthropic)',
}

/** The APIs that a request may be made through, as the form offers them. */
export const API_OPTIONS = GATEWAY_APIS.map((api) => ({ value: api, label: API_WORDS[api] }))

type Lines = { values: Record<string, string>; error: string | null }

/** Names and values out of lines with one separator each; the first line that has none is complained about. */
function linesOf(text: string, separator: ':' | '='): Lines {
  const values: Record<string, string> = {}
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const at = line.indexOf(separator)
    const name = line.slice(0, at).trim()
    if (at < 0 || name === '')
      return { values, error: `write “name${separator === ':' ? ': ' : ' = '}value”, not “${line.trim()}”` }
    values[name] = line.slice(at + 1).trim()
  }
  return { values, error: null }
}

/** The form as the server wants it, without the route; what is empty is left out. */
export function simulatorInput(form: SimulatorForm): { input: SelectInput; errors: FieldErrors } {
  const headers = linesOf(form.headers, ':')
  const metadata = linesOf(form.metadata, '=')
  const texts = (['model', 'region', 'userId', 'sessionId'] as const).flatMap((name) =>
    form[name].trim() === '' ? [] : [[name, form[name].trim()]],
  )
  const amounts = (['estimatedTokens', 'requestBytes'] as const).flatMap((name) =>
    form[name] === null ? [] : [[name, form[name]]],
  )
  return {
    input: {
      api: form.api,
      ...(Object.fromEntries([...texts, ...amounts]) as SelectInput),
      ...(Object.keys(headers.values).length === 0 ? {} : { headers: headers.values }),
      ...(Object.keys(metadata.values).length === 0 ? {} : { metadata: metadata.values }),
    },
    errors: {
      ...(headers.error === null ? {} : { headers: headers.error }),
      ...(metadata.error === null ? {} : { metadata: metadata.error }),
    },
  }
}
