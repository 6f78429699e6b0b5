import type { RequestListener } from 'node:http'
import { authorOf } from '#lib/domain/access/author.ts'
import { OURSELVES } from '#lib/server/access/client.ts'
import { guardRequest } from '#lib/server/guard-request.ts'
import { answerUnknownPath, type RouteHandler } from '#lib/server/http.ts'
import type { Method } from '#lib/server/operation.ts'
import { operations } from '#lib/server/operations/index.ts'
import { plainProblem, problemResponse } from '#lib/server/problem.ts'
import { requestIdOf } from '#lib/server/request-id.ts'
import { heldRuntime } from '#lib/server/runtime.ts'
import { SECURITY_HEADERS } from '#lib/server/security-headers.ts'
import { sendWebResponse, webRequest } from '#lib/server/web-exchange.ts'

type Handlers = Partial<Record<Method, RouteHandler>>
type Route = { path: string; pattern: RegExp; names: readonly string[]; handlers: Handlers }

/** Where the console listens, for telling its own pages from others. */
type Place = { host: string; port: number }

const API_PATH = '/api/'

/**
 * Answers every call of the HTTP contract without Next, which takes three milliseconds for a call that takes a tenth of
 * one. Guarded as pages are; a path that is no part of the contract is not found.
 */
export async function loadApi(ours: Place): Promise<RequestListener> {
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

  const answer = async (request: Request, address: string): Promise<Response> => {
    const refusal = guardRequest(request, ours)
    const found = find(new URL(request.url).pathname)
    if (refusal) {
      tellRefusal(request, refusal, { address, path: found?.route.path ?? null })
      return refusal
    }
    if (found === null) return answerUnknownPath(request, { params: Promise.resolve({}) })
    const { route, params } = found
    // What answers a GET answers a HEAD; the body is left out when it is sent.
    const handler = route.handlers[request.method === 'HEAD' ? 'GET' : (request.method as Method)]
    if (handler === undefined) return wrongMethod(request, route)
    return handler(request, { params: Promise.resolve(params) })
  }

  return (incoming, outgoing) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) outgoing.setHeader(name, value)
    const url = URL.parse(incoming.url ?? '', `http://${incoming.headers.host ?? ours.host}`)
    if (url === null) {
      outgoing.writeHead(400).end()
      return
    }
    const gone = new AbortController()
    outgoing.once('close', () => gone.abort())
    answer(webRequest(incoming, url, gone.signal), incoming.socket.remoteAddress ?? OURSELVES.address)
      .then((response) => sendWebResponse(incoming, outgoing, response))
      // Half an answer is out: only the end of the connection can say that it is no whole one.
      .catch(() => outgoing.destroy())
  }
}

/** Tells the audit of a change that the guard refused, such as one that another site's page asked for. */
function tellRefusal(
  { method, url }: Request,
  { status, headers }: Response,
  { address, path }: { address: string; path: string | null },
): void {
  if (status !== 403 || path === null || method === 'GET' || method === 'HEAD') return
  heldRuntime()?.refusals.hear({
    author: authorOf(null, { address, requestId: headers.get('x-request-id') }),
    call: `${method} ${path}`,
    path: new URL(url).pathname,
    why: 'it came from a page of another site, or under another name than ours.',
  })
}

/** Each path's handlers, from the file that the path names. */
async function loadRoutes(): Promise<Route[]> {
  const paths = [...new Set(Object.values(operations).map(({ path }) => path))]
  return Promise.all(
    paths.map(async (path) => {
      const file = path.slice(API_PATH.length).replaceAll(/\{(\w+)\}/g, '[$1]')
      const handlers = (await import(/* @vite-ignore */ `./${file}/route.ts`)) as Handlers
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
      const pattern = new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '([^/]+)')}$`)
      return { path, pattern, names, handlers }
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

function wrongMethod(request: Request, { handlers }: Route): Response {
  const response = problemResponse(
    plainProblem({
      status: 405,
      detail: `${request.method} is no call of this path.`,
      requestId: requestIdOf(request.headers),
    }),
  )
  const methods = Object.keys(handlers)
  response.headers.set('allow', [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', '))
  return response
}
