import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import next from 'next'
import { isBegun, keyFilesOf } from '#lib/adapters/key-rotation/key-places.ts'
import { type Door, openDoor } from './door.ts'
import { readEnv, type ServerEnv } from './env.ts'
import { exitWith } from './exit-with.ts'
import { createLog } from './log.ts'
import { pageListener } from './page-listener.ts'
import { reachOf } from './reach.ts'
import { whenHeld } from './runtime.ts'
import { type App, type Place, serveApp } from './serve-app.ts'

const projectDir = join(import.meta.dirname, '..', '..')

type Options = {
  mode: 'production' | 'development'
  /** What answers the calls of the HTTP contract, which do not go through Next. */
  loadApi: (door: Door) => Promise<RequestListener>
}

/**
 * Starts the console in this process and resolves when it takes requests. What keeps it from starting (a bad
 * environment, a port in use, a database it must not touch) is said in its own words, and the process exits with 1.
 */
export async function startServer({ mode, loadApi }: Options): Promise<void> {
  try {
    // Relative paths, in the environment too, start at the project's folder, wherever the program was started from.
    process.chdir(projectDir)
    process.env.NEXT_TELEMETRY_DISABLED ??= '1'
    const env = readEnv(process.env, projectDir)
    const log = createLog(env.logLevel)
    if (env.publicOrigin !== null && env.trustedProxies.length === 0)
      log.warn(
        'SWITCHYARD_TRUSTED_PROXIES names no proxy: all who come by the public URL count as one client',
      )
    await finishBegunRotation(env)
    const createApp = (place: Place) => appOf(place, env, { mode, loadApi })
    await serveApp({ env, log, createApp })
  } catch (error) {
    exitWith(error)
  }
}

/** A rotation of the secret key that was killed when the database had the new key already. Rare, so loaded when needed. */
async function finishBegunRotation(env: ServerEnv): Promise<void> {
  if (!isBegun(keyFilesOf(env))) return
  const { finishRotation } = await import('#lib/adapters/key-rotation/finish-rotation.ts')
  const migrationsDir = join(projectDir, 'prisma/migrations')
  if (await finishRotation({ ...env, migrationsDir }))
    createLog(env.logLevel).warn('a rotation of the secret key had been interrupted and is finished now')
}

/** Calls are answered by our own listener, pages and files by Next. */
function appOf({ host, port, server }: Place, env: ServerEnv, { mode, loadApi }: Options): App {
  const door = openDoor(reachOf(env, { host, port }))
  const isDevelopment = mode === 'development'
  const app = next({
    dev: isDevelopment,
    dir: projectDir,
    hostname: host,
    port,
    httpServer: server,
  })
  let answerCall: RequestListener | null = null
  return {
    prepare: async () => {
      answerCall = await loadApi(door)
      await app.prepare()
      // In production Next registers instrumentation, which starts the runtime, without being waited for.
      await whenHeld()
    },
    getRequestHandler: (): RequestListener => {
      const handle = app.getRequestHandler()
      const servePage = pageListener((request, response) => void handle(request, response), {
        door,
        isDevelopment,
      })
      return (request, response) => {
        const isCall = door.within(request.url ?? '')?.startsWith('/api/') === true
        if (answerCall !== null && isCall) answerCall(request, response)
        else servePage(request, response)
      }
    },
  }
}
