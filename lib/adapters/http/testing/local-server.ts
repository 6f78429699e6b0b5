import http, { type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import https from 'node:https'
import net, { type AddressInfo, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A server on loopback that ends with the test, and all it has heard. */
export type LocalServer = {
  url: string
  port: number
  requests: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[]
  /** How many connections were opened. */
  connections: () => number
  /** Resolves when the next connection is closed. */
  closed: () => Promise<void>
  stop: () => Promise<void>
}

type Answer = (response: ServerResponse, request: IncomingMessage) => void

/** An HTTP server that answers everything with `answer`. */
export function serve(answer: Answer, tls?: { cert: string; key: string }): Promise<LocalServer> {
  const requests: LocalServer['requests'] = []
  const listener: RequestListener = (request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
      answer(response, request)
    })
  }
  const server = tls === undefined ? http.createServer(listener) : https.createServer(tls, listener)
  return listening(server, requests, tls === undefined ? 'http' : 'https')
}

/** A server below HTTP that hands each connection to `onConnection`. */
export function serveRaw(onConnection: (socket: Socket) => void): Promise<LocalServer> {
  return listening(net.createServer(onConnection), [], 'http')
}

/** Answers JSON. */
export const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  }

async function listening(
  server: Server | net.Server,
  requests: LocalServer['requests'],
  scheme: string,
): Promise<LocalServer> {
  const sockets = new Set<Socket>()
  let connections = 0
  let onClosed: (() => void)[] = []
  server.on('connection', (socket: Socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => {
      sockets.delete(socket)
      for (const told of onClosed.splice(0)) told()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = async () => {
    if (!server.listening) return
    const gone = new Promise((resolve) => server.close(resolve))
    for (const socket of sockets) socket.destroy()
    await gone
  }
  onTestFinished(stop)
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    port,
    requests,
    connections: () => connections,
    closed: () => new Promise((resolve) => (onClosed = [...onClosed, resolve])),
    stop,
  }
}
