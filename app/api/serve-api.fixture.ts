import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { directReach, type Reach } from '#lib/server/reach.ts'
import { loadApi } from './api-listener.ts'

/** The HTTP API without pages, which need a build; `reach` is what stands in front of it. */
export async function serveApi(reach: Partial<Reach> = {}): Promise<{ url: string; stop: () => void }> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.on('request', await loadApi({ ...directReach({ host: '127.0.0.1', port }), ...reach }))
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
