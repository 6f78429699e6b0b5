import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { loadApi } from './api-listener.ts'

/** The HTTP API without pages, which need a build. */
export async function serveApi(): Promise<{ url: string; stop: () => void }> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.on('request', await loadApi({ host: '127.0.0.1', port }))
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
