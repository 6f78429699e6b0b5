import { createServer } from 'node:http'
import { isDatabaseInUse } from '#lib/adapters/prisma/database-lock.ts'
import { AppError } from '#lib/domain/errors.ts'
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

/** What somebody is told whose command does not find the console that runs. */
export const GIVE_VARIABLES =
  'Give this command the variables that the console runs with, such as PORT, HOST and SWITCHYARD_DATA_DIR.'

/**
 * The console that runs on this installation, or, where none does, its API opened for this process alone: what is done
 * is then done as it always is, on record, by the same calls. Throws `unavailable` when it runs but is not where the
 * variables say.
 */
export async function openConsole(env: ServerEnv): Promise<OpenConsole> {
  const running = urlOf(env.host, env.port) + env.basePath
  // A console that answers there while nobody holds the database is another installation's.
  if (isDatabaseInUse(env.databasePath)) {
    if (await isConsole(running)) return { url: running, close: () => Promise.resolve() }
    const message = `The database ${env.databasePath} is in use, but no Switchyard answers at ${running}. ${GIVE_VARIABLES}`
    throw new AppError('unavailable', message)
  }
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
