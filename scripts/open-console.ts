import { createServer } from 'node:http'
import { loadApi } from '#app/api/api-listener.ts'
import { openDoor } from '#lib/server/door.ts'
import type { ServerEnv } from '#lib/server/env.ts'
import { listen } from '#lib/server/listen.ts'
import { directReach } from '#lib/server/reach.ts'
import { startRuntimeOrExit } from '#lib/server/start-runtime.ts'
import { heldRuntime } from '#lib/server/runtime.ts'
import { urlOf } from '#lib/server/url-of.ts'

const HERE = '127.0.0.1'

/** A console to ask something, and how to leave it as it was. */
export type OpenConsole = { url: string; close: () => Promise<void> }

/**
 * The console that runs on this installation, or, where none does, its API opened for this process alone: what is done
 * is then done as it always is, on record, by the same calls.
 */
export async function openConsole(env: ServerEnv): Promise<OpenConsole> {
  const running = urlOf(env.host, env.port) + env.basePath
  if (await isConsole(running)) return { url: running, close: () => Promise.resolve() }
  Object.assign(process.env, { HOST: HERE, SWITCHYARD_SCHEDULER: 'off', SWITCHYARD_LOG_LEVEL: 'error' })
  await startRuntimeOrExit()
  const server = createServer()
  const port = await listen(server, { host: HERE, port: 0, names: { host: 'HOST', port: 'PORT' } })
  server.on('request', await loadApi(openDoor(directReach({ host: HERE, port }))))
  return {
    url: urlOf(HERE, port),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await heldRuntime()?.stop()
    },
  }
}

async function isConsole(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(2_000) })
    return response.headers.has('x-request-id')
  } catch {
    return false
  }
}
