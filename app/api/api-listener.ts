import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { authorOf } from '#lib/domain/access/author.ts'
import { notFound } from '#lib/domain/errors.ts'
import { DATA_POLICY } from '#lib/server/content-security-policy.ts'
import type { Arrival, Door } from '#lib/server/door.ts'
import { logFailure } from '#lib/server/log-failure.ts'
import type { LimitedKind } from '#lib/server/request-limits.ts'
import type { Method, Operation } from '#lib/server/operation.ts'
import { operations } from '#lib/server/operations/index.ts'
import { plainProblem, problemOf, problemResponse } from '#lib/server/problem.ts'
import { REQUEST_ID_HEADER, requestIdOf } from '#lib/server/request-id.ts'
import { heldRuntime } from '#lib/server/runtime.ts'
import { sendWebResponse, webRequest } from '#lib/server/web-exchange.ts'
import { type Handlers, loadRoute } from './load-route.ts'

type Limits = Partial<Record<Method, LimitedKind | null>>
type Route = { path: string; pattern: RegExp; names: readonly string[]; handlers: Handlers; limits: Limits }

const API_PATH = '/api/'

/**
 * Answers every call of the HTTP contract without Next, which takes three milliseconds for a call that takes a tenth of
 * one. Guarded as pages are; a path that is no part of the contract is not found.
 */
export async function loadApi(door: Door): Promise<RequestListener> {
  const routes = await loadRoutes()
  const literal = new Map(routes.filter(({ names }) => names.length === 0).map((one) => [one.path, one]))
  const patterned = routes.filter(({ names }) => names.length > 0)

  const find = (path: string): { route: Route; params: Record<string, string> } | null => {
    const route = literal.get(path)
    if (route) return { route, params: {} }
    for (const one of patterned) {
      const params = paramsOf(one, path)
      if (params !== null) return { route: one, params }
    }
    return null
  }

  /** What answers the call, or the answer to one that nothing answers. */
  const resolve = ({ headers }: Arrival, { method = 'GET', url: target = '' }: IncomingMessage) => {
    const url = URL.parse(target, `http://${headers.get('host') ?? 'localhost'}`)
    if (url === null) return refuse(headers, { status: 400, detail: 'The path is none.' })
    const path = door.within(url.pathname)
    const found = path === null ? null : find(path)
    if (found === null) return unknownPath(headers, url.pathname)
    const { route, params } = found
    // What answers a GET answers a HEAD; the body is left out when it is sent.
    const asked = method === 'HEAD' ? 'GET' : (method as Method)
    const handler = route.handlers[asked]
    if (handler === undefined) return wrongMethod(headers, method, route)
    return { url, params, handler, path: route.path, method: asked, limit: route.limits[asked] ?? null }
  }

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<Response> => {
    // Before the web's own kind of request is made, which does not take every method, nor every address.
    const arrival = door.enter(incoming, outgoing, DATA_POLICY)
    const call = resolve(arrival, incoming)
    if (arrival.refusal) {
      if (!(call instanceof Response)) tellRefusal(arrival, call)
      return arrival.refusal
    }
    if (call instanceof Response) return call
    const tooMany = call.limit === null ? null : door.limit(call.limit, arrival)
    if (tooMany) return tooMany
    const gone = new AbortController()
    outgoing.once('close', () => gone.abort())
    const { headers, client } = arrival
    const request = webRequest(incoming, { url: call.url, headers, signal: gone.signal })
    return call.handler(request, { params: Promise.resolve(call.params), client })
  }

  return (incoming, outgoing) => {
    answer(incoming, outgoing)
      .then((response) => sendWebResponse(incoming, outgoing, response))
      .catch((thrown: unknown) => {
        // Half an answer is out: only the end of the connection can say that it is no whole one.
        outgoing.destroy()
        if (!isOrdinaryEnd(thrown)) logFailure(thrown, failed(incoming, outgoing), 'an answer broke off')
      })
  }
}

/** Tells the audit of a change that the guard refused, such as one that another site's page asked for. */
function tellRefusal(
  { refusal, client, headers }: Arrival,
  { url, path, method }: { url: URL; path: string; method: Method },
): void {
  if (refusal?.status !== 403 || method === 'GET') return
  heldRuntime()?.refusals.hear({
    author: authorOf(null, { address: client.address, requestId: requestIdOf(headers) }),
    call: `${method} ${path}`,
    path: url.pathname,
    why: 'it came from a page of another site, or under another name than ours.',
  })
}

/** Each path's handlers, from the file that the path names. */
async function loadRoutes(): Promise<Route[]> {
  const byPath = Map.groupBy(Object.values<Operation>(operations), ({ path }) => path)
  return Promise.all(
    [...byPath].map(async ([path, calls]) => {
      const folder = path.slice(API_PATH.length).replaceAll(/\{(\w+)\}/g, '[$1]')
      const handlers = await loadRoute(folder)
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
      const pattern = new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '([^/]+)')}$`)
      const limits: Limits = Object.fromEntries(calls.map(({ method, limit }) => [method, limit]))
      return { path, pattern, names, handlers, limits }
    }),
  )
}

/** What stands for the braces of the path; null when the path is none of the route, or is badly escaped. */
function paramsOf({ pattern, names }: Route, path: string): Record<string, string> | null {
  const values = pattern.exec(path)
  if (values === null) return null
  try {
    return Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(values[i + 1] ?? '')]))
  } catch {
    return null
  }
}

/** A client that reads too slowly is let go, and comes back. */
const isOrdinaryEnd = (thrown: unknown) => thrown instanceof Error && thrown.name === 'AbortError'

const failed = ({ method = '', url = '' }: IncomingMessage, outgoing: ServerResponse) => ({
  requestId: String(outgoing.getHeader(REQUEST_ID_HEADER)),
  method,
  path: url.split('?')[0] ?? '',
})

const refuse = (headers: Headers, facts: { status: number; detail: string }): Response =>
  problemResponse(plainProblem({ ...facts, requestId: requestIdOf(headers) }))

const unknownPath = (headers: Headers, path: string): Response =>
  problemResponse(problemOf(notFound('path', path), requestIdOf(headers)))

function wrongMethod(headers: Headers, method: string, { handlers }: Route): Response {
  const response = refuse(headers, { status: 405, detail: `${method} is no call of this path.` })
  const methods = Object.keys(handlers)
  response.headers.set('allow', [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', '))
  return response
}
