import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'

/** A port on the loopback interface that can be shut, so that connections are refused, and opened again. */
export type Listener = {
  port: number
  /** Resolves when the port is as asked; cuts what is connected when it shuts. Calls take effect in order. */
  setOpen: (open: boolean) => Promise<void>
}

const HOST = '127.0.0.1'

/** Listens on `port` (0: any free one); rejects when it is taken. */
export async function openListener(port: number, handle: RequestListener): Promise<Listener> {
  let server = await listen(port, handle)
  const address = server.address()
  const own = typeof address === 'object' && address !== null ? address.port : port

  const apply = async (open: boolean) => {
    if (open === server.listening) return
    if (open) {
      server = await listen(own, handle)
      return
    }
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }

  let last: Promise<void> = Promise.resolve()
  return {
    port: own,
    setOpen: (open) => {
      // What failed before has been told to whom it concerned; it must not keep later calls from their turn.
      last = last.catch(() => undefined).then(() => apply(open))
      return last
    },
  }
}

async function listen(port: number, handle: RequestListener) {
  const server = createServer({ keepAliveTimeout: 30_000 }, handle)
  server.listen(port, HOST)
  await once(server, 'listening')
  return server
}
