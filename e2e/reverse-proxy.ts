import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A reverse proxy as people put before the console. */
export type ReverseProxy = {
  url: string
  /** Passes requests on to the server there, whatever their path. */
  passTo: (url: string) => void
  close: () => void
}

type Options = {
  /** What it says of each request beside its client's address. */
  says?: Record<string, string>
  /** Whether it leaves the browser's Host as it is, or puts in its own name for the server. */
  keepsHost?: boolean
}

/** Opens one on a free port; it appends the client's address to `X-Forwarded-For`. */
export async function openReverseProxy({ says = {}, keepsHost = true }: Options = {}): Promise<ReverseProxy> {
  let target: URL | null = null
  const server = createServer((incoming, outgoing) => {
    if (target === null) return void outgoing.writeHead(502).end()
    const { hostname, port, host } = target
    const hops = [incoming.headers['x-forwarded-for'], incoming.socket.remoteAddress].flat().filter(Boolean)
    const headers: IncomingHttpHeaders = {
      ...incoming.headers,
      ...says,
      'x-forwarded-for': hops.join(', '),
      ...(keepsHost ? {} : { host }),
    }
    const sent = request(
      { hostname, port, path: incoming.url, method: incoming.method, headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
        answer.pipe(outgoing)
      },
    )
    sent.on('error', () => outgoing.destroy())
    outgoing.once('close', () => sent.destroy())
    incoming.pipe(sent)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passTo: (url) => {
      target = new URL(url)
    },
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
