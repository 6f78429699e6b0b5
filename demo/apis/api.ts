import { z } from 'zod'

/** One call as a simulated API sees it. `path` is what follows the base path; `at` is epoch ms. */
export type ApiCall = { method: string; path: string; body: unknown; models: readonly string[]; at: number }

/** A successful answer: one body, or the events of a stream. `effort` is its share of a completion's time. */
export type ApiAnswer = {
  effort: number
  body: unknown
  stream: { type: string; events: readonly string[] } | null
}

/** A refusal that is the caller's fault. */
export type ApiRefusal = { status: number; message: string }

/** One provider's API: how it is called and what it answers. */
export type Api = {
  /** The key that the headers carry; null without one. */
  keyOf: (headers: Readonly<Record<string, string | string[] | undefined>>) => string | null
  /** The answer when all is well; null when there is no such endpoint. */
  answer: (call: ApiCall) => ApiAnswer | ApiRefusal | null
  /** An error's body in this API's own words. */
  errorBody: (status: number, message: string) => unknown
}

const COMPLETION_EFFORT = 1
const EMBEDDING_EFFORT = 0.4
const LIST_EFFORT = 0.2

/** What a completion says; its words are also the pieces of a stream. */
export const REPLY = 'All signals are clear, proceed to platform nine.'
export const REPLY_PIECES: readonly string[] = REPLY.match(/\S+\s*/g) ?? []
export const USAGE = { input: 24, output: 11 }

/** A list or a key's facts: cheap, never streamed. */
export const listing = (body: unknown): ApiAnswer => ({ effort: LIST_EFFORT, body, stream: null })

export const embedding = (body: unknown): ApiAnswer => ({ effort: EMBEDDING_EFFORT, body, stream: null })

export const completion = (body: unknown, stream: ApiAnswer['stream'] = null): ApiAnswer => ({
  effort: COMPLETION_EFFORT,
  body,
  stream,
})

/** Server-sent events of these data lines. */
export const serverSent = (data: readonly unknown[], end: readonly string[] = []): ApiAnswer['stream'] => ({
  type: 'text/event-stream',
  events: [...data.map((item) => `data: ${JSON.stringify(item)}\n\n`), ...end],
})

/** A 768-dimensional unit-length vector that stands for any text. */
export const VECTOR: readonly number[] = Array.from({ length: 768 }, (_, index) => (index === 0 ? 1 : 0))

/** Parses the body of a call for a model, refusing what the real API would refuse, and answers with what `then` makes of it. */
export function forModel<Body extends { model: string }>(
  call: ApiCall,
  schema: z.ZodType<Body>,
  then: (body: Body) => ApiAnswer,
): ApiAnswer | ApiRefusal {
  const parsed = schema.safeParse(call.body)
  if (!parsed.success) return { status: 400, message: z.prettifyError(parsed.error).replaceAll('\n', ' ') }
  const { model } = parsed.data
  return call.models.includes(model)
    ? then(parsed.data)
    : { status: 404, message: `The model '${model}' does not exist` }
}

/** The token of `authorization: Bearer …`. */
export function bearerOf(headers: Parameters<Api['keyOf']>[0]): string | null {
  return /^Bearer (.+)$/i.exec(textOf(headers['authorization']) ?? '')?.[1] ?? null
}

export const textOf = (value: string | string[] | undefined): string | null =>
  (Array.isArray(value) ? value[0] : value) ?? null
