import type { z } from 'zod'
import { problemSchema } from '#lib/contract/monitor.ts'
import { addressOf } from './base-path.ts'
import { RequestError } from './request-error.ts'
import { noteAnswer } from './turned-away.ts'

/** One JSON text a line. */
const LINES = 'application/x-ndjson'

type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Reads JSON from our own server. Rejects with a RequestError when it is away, refuses, or answers in another shape. */
export function getJson<T>(path: string, schema: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
  return request({ path, schema, init: { method: 'GET', ...(signal ? { signal } : {}) } })
}

/** Sends a change or a question to our own server; the body goes as JSON. Rejects like `getJson`. */
export function sendJson<T>(
  method: Method,
  path: string,
  send: { body: unknown; schema: z.ZodType<T>; signal?: AbortSignal },
): Promise<T> {
  const init = {
    method,
    body: JSON.stringify(send.body ?? {}),
    headers: { 'content-type': 'application/json' },
    ...(send.signal ? { signal: send.signal } : {}),
  }
  return request({ path, schema: send.schema, init })
}

/** Sends a question to our own server whose answer comes in lines as it is worked out. Rejects like `getJson`. */
export async function openLines(
  path: string,
  body: unknown,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const response = await reach(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', accept: LINES },
    signal,
  })
  if (!response.ok) throw refusal(response, await readJson(response))
  if (response.body === null) throw new RequestError('unreadable', 'The server answered nothing.')
  return response.body
}

/** A path with the query's set values; null and undefined are left out. */
export function withQuery(path: string, query: Record<string, string | number | null | undefined>): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined) params.set(name, String(value))
  }
  const text = params.toString()
  return text === '' ? path : `${path}?${text}`
}

async function request<T>({
  path,
  schema,
  init,
}: {
  path: string
  schema: z.ZodType<T>
  init: RequestInit
}): Promise<T> {
  const response = await reach(path, init)
  const body = await readJson(response)
  if (!response.ok) throw refusal(response, body)
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw new RequestError(
    'unreadable',
    'The server answered in a shape this page does not know. Reload the page.',
    {
      status: response.status,
      cause: parsed.error,
    },
  )
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(addressOf(path), { ...init, cache: 'no-store' })
  } catch (cause) {
    // An abort is the caller's own wish, not a failure to tell.
    if (init.signal?.aborted === true) throw cause
    throw new RequestError('unreachable', 'The server cannot be reached.', { cause })
  }
}

/** The body as JSON; undefined when it is empty or no JSON. */
async function readJson(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function refusal(response: Response, body: unknown): RequestError {
  noteAnswer(response.status)
  const { status, headers } = response
  const told = { status, retryAfterSeconds: secondsOf(headers.get('retry-after')) }
  const problem = problemSchema.safeParse(body)
  if (!problem.success) return new RequestError('refused', `The server answered ${status}.`, told)
  return new RequestError('refused', problem.data.detail, { ...told, problem: problem.data })
}

const secondsOf = (text: string | null): number | null =>
  text !== null && /^\d+$/.test(text) ? Number(text) : null
