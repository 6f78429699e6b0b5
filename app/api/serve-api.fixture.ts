import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openDoor } from '#lib/server/door.ts'
import { directReach, type Reach } from '#lib/server/reach.ts'
import { loadApi } from './api-listener.ts'

/** The HTTP API without pages, which need a build; `reach` is what stands in front of it. Limits see no time pass. */
export async function serveApi(reach: Partial<Reach> = {}): Promise<{ url: string; stop: () => void }> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.on(
    'request',
    await loadApi(openDoor({ ...directReach({ host: '127.0.0.1', port }), ...reach }, () => 0)),
  )
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
