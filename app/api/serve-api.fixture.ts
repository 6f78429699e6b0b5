import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { RouteHandler } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'

/** The HTTP API without Next, which needs a build: every operation's own handler behind a real socket. */
export async function serveApi(): Promise<{ url: string; stop: () => void }> {
  const server = createServer((incoming, outgoing) => {
    void answer(incoming).then(async (response) => {
      outgoing.writeHead(response.status, Object.fromEntries(response.headers))
      outgoing.end(await response.text())
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function answer(incoming: IncomingMessage): Promise<Response> {
  const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host ?? 'localhost'}`)
  const body = await text(incoming)
  for (const { method, path } of Object.values(operations)) {
    const params = paramsOf(path, url.pathname)
    if (method !== incoming.method || params === null) continue
    const file = path.slice('/api/'.length).replaceAll(/\{(\w+)\}/g, '[$1]')
    const handlers = (await import(/* @vite-ignore */ `./${file}/route.ts`)) as Record<string, RouteHandler>
    const request = new Request(url, {
      method,
      headers: { 'content-type': 'application/json', accept: incoming.headers.accept ?? '*/*' },
      ...(body === '' ? {} : { body }),
    })
    return handlers[method]!(request, { params: Promise.resolve(params) })
  }
  return new Response('{}', { status: 404 })
}

/** What stands for the braces of the template; null when the path is none of it. */
function paramsOf(template: string, path: string): Record<string, string> | null {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
  const values = new RegExp(`^${template.replaceAll(/\{\w+\}/g, '([^/]+)')}$`).exec(path)
  return values === null
    ? null
    : Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(values[index + 1]!)]))
}
