import type { z } from 'zod'
import type { Author } from '#lib/domain/access/author.ts'
import type { Principal } from '#lib/domain/access/principal.ts'
import { AppError } from '#lib/domain/errors.ts'
import type { Engine } from '#lib/services/engine.ts'
import { admit } from './access/admit.ts'
import { type Client, OURSELVES } from './access/client.ts'
import type { StoredAnswer } from './idempotency.ts'
import { logFailure } from './log-failure.ts'
import { type Operation, takesBody } from './operation.ts'
import { parseInput, queryObject } from './parse.ts'
import { problemOf, problemResponse, STATUS_OF, toAppError } from './problem.ts'
import { parseJson, readBody } from './request-body.ts'
import { requestIdOf } from './request-id.ts'
import { type Runtime, runtime } from './runtime.ts'

/** A parsed request, and what a handler may use to answer it. */
export type Call<Op extends Operation> = {
  runtime: Runtime
  engine: Engine
  params: z.output<Op['params']>
  query: z.output<Op['query']>
  body: z.output<Op['body']>
  /** Who asks; null only where everyone may. */
  principal: Principal | null
  author: Author
  client: Client
  request: Request
  /** `Set-Cookie` values that go out with the answer. */
  cookies: string[]
}

type Context = {
  /** A route without parameters may have none at all. */
  params: Promise<Record<string, string | string[] | undefined> | undefined>
  client?: Client
}

/** A route handler, and the call that it answers; who calls it without a client is this process itself. */
export type RouteHandler = ((request: Request, context: Context) => Promise<Response>) & {
  operation: Operation
}

/** Makes a route handler: parses by the operation, runs, answers with JSON; whatever is thrown becomes a problem. */
export function handle<Op extends Operation>(
  operation: Op,
  run: (call: Call<Op>) => z.output<Op['answer']> | Promise<z.output<Op['answer']>>,
): RouteHandler {
  return answering(operation, async (request, context, requestId) => {
    const { call, text } = await parse(operation, request, { ...context, requestId })
    const answer = async (): Promise<StoredAnswer> => jsonAnswer(operation, await run(call))
    const key = operation.idempotent ? request.headers.get('idempotency-key') : null
    if (key === null) return toResponse(await answer(), { requestId, cookies: call.cookies })
    if (key.length > 200) throw badKey()
    // Two callers may choose the same key; neither must be given the answer to the other, which may hold a secret.
    const scope = `${call.author.actorId} ${operation.method} ${new URL(request.url).pathname}`
    const stored = await call.runtime.idempotency.once({ scope, key, body: text }, answer)
    return toResponse(stored, { requestId, cookies: [] })
  })
}

/** Makes a route handler that builds its own answer, such as a stream; parsed and guarded like the others. */
export function handleRaw<Op extends Operation>(
  operation: Op,
  run: (call: Call<Op>) => Response | Promise<Response>,
): RouteHandler {
  return answering(operation, async (request, context, requestId) =>
    run((await parse(operation, request, { ...context, requestId })).call),
  )
}

function answering(
  operation: Operation,
  answer: (request: Request, context: Context, requestId: string) => Promise<Response>,
): RouteHandler {
  const handler = async (request: Request, context: Context) => {
    const requestId = requestIdOf(request.headers)
    try {
      return await answer(request, context, requestId)
    } catch (thrown) {
      const error = toAppError(thrown)
      if (STATUS_OF[error.code] === 500) {
        const { address } = context.client ?? OURSELVES
        const path = new URL(request.url).pathname
        logFailure(thrown, { requestId, client: address, method: request.method, path }, 'a request failed')
      }
      return problemResponse(problemOf(error, requestId))
    }
  }
  return Object.assign(handler, { operation })
}

async function parse<Op extends Operation>(
  operation: Op,
  request: Request,
  { params, client = OURSELVES, requestId }: Context & { requestId: string },
) {
  const held = runtime()
  const { principal, author } = await admit(held, operation, { request, client, requestId })
  const text = takesBody(operation) ? await readBody(request) : ''
  const call: Call<Op> = {
    runtime: held,
    engine: held.engine,
    params: parseInput<Op['params']>(operation.params, await params, 'path'),
    query: parseInput<Op['query']>(operation.query, queryObject(new URL(request.url).searchParams), 'query'),
    body: parseInput<Op['body']>(
      operation.body,
      takesBody(operation) ? bodyOf(operation, text) : undefined,
      'body',
    ),
    principal,
    author,
    client,
    request,
    cookies: [],
  }
  return { call, text }
}

function bodyOf(operation: Operation, text: string): unknown {
  const value = parseJson(text)
  if (value !== undefined) return value
  if (operation.bodyOptional) return {}
  throw new AppError('malformed', 'The body is empty: send JSON.')
}

const badKey = () =>
  new AppError('invalid_input', 'The Idempotency-Key is too long.', {
    fields: [{ path: 'Idempotency-Key', message: 'at most 200 characters' }],
  })

/** An answer that says it is not on disk yet is 202, whatever the operation's own status. */
function jsonAnswer(operation: Operation, value: unknown): StoredAnswer {
  const pending =
    operation.mayBePending &&
    typeof value === 'object' &&
    value !== null &&
    'persisted' in value &&
    !value.persisted
  return { status: pending ? 202 : operation.status, body: JSON.stringify(value) }
}

function toResponse(
  { status, body }: StoredAnswer,
  { requestId, cookies }: { requestId: string; cookies: readonly string[] },
): Response {
  const headers = new Headers({
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-request-id': requestId,
  })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(body, { status, headers })
}
