import { readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import next from 'next'
import { isBegun, keyFilesOf } from '#lib/adapters/key-rotation/key-places.ts'
import { buildFolderOf } from './base-path.ts'
import { type Door, openDoor } from './door.ts'
import { readEnv, type ServerEnv } from './env.ts'
import { exitWith } from './exit-with.ts'
import { createLog } from './log.ts'
import { pageListener } from './page-listener.ts'
import { reachOf } from './reach.ts'
import { offerStart, type StartRuntime, whenHeld } from './runtime.ts'
import { type App, type Place, serveApp } from './serve-app.ts'

type Options = {
  mode: 'production' | 'development'
  /** The project's folder, whole path. */
  root: string
  /** What answers the calls of the HTTP contract, which do not go through Next. */
  loadApi: (door: Door) => Promise<RequestListener>
  /** How the runtime is started, when it is not to be by code that Next compiled. */
  startRuntime?: StartRuntime
}

/**
 * Starts the console in this process and resolves when it takes requests. What keeps it from starting (a bad
 * environment, a port in use, a database it must not touch) is said in its own words, and the process exits with 1.
 */
export async function startServer(options: Options): Promise<void> {
  const { root } = options
  try {
    // Relative paths, in the environment too, start at the project's folder, wherever the program was started from.
    process.chdir(root)
    process.env.NEXT_TELEMETRY_DISABLED ??= '1'
    const env = readEnv(process.env, root)
    const log = createLog(env.logLevel)
    if (env.publicOrigin !== null && env.trustedProxies.length === 0)
      log.warn(
        'SWITCHYARD_TRUSTED_PROXIES names no proxy: all who come by the public URL count as one client',
      )
    await finishBegunRotation(env, root)
    const createApp = (place: Place) => appOf(place, env, options)
    await serveApp({ env, log, createApp })
  } catch (error) {
    exitWith(error)
  }
}

/** A rotation of the secret key that was killed when the database had the new key already. Rare, so loaded when needed. */
async function finishBegunRotation(env: ServerEnv, root: string): Promise<void> {
  if (!isBegun(keyFilesOf(env))) return
  const { finishRotation } = await import('#lib/adapters/key-rotation/finish-rotation.ts')
  const migrationsDir = join(root, 'prisma/migrations')
  if (await finishRotation({ ...env, migrationsDir }))
    createLog(env.logLevel).warn('a rotation of the secret key had been interrupted and is finished now')
}

/** Calls are answered by our own listener, pages and files by Next. */
function appOf({ host, port, server }: Place, env: ServerEnv, options: Options): App {
  const { mode, root, loadApi, startRuntime } = options
  const door = openDoor(reachOf(env, { host, port }))
  const isDevelopment = mode === 'development'
  if (startRuntime) offerStart(startRuntime)
  if (!isDevelopment) takeBuiltConfig(join(root, buildFolderOf(env.basePath)))
  const app = next({
    dev: isDevelopment,
    dir: root,
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

/**
 * Has Next run with the configuration that its build wrote down, as servers of `output: standalone` do. It would read
 * next.config.mjs once more, and keep what it needs for that, a compiler included.
 */
function takeBuiltConfig(buildFolder: string): void {
  const { config } = JSON.parse(readFileSync(join(buildFolder, 'required-server-files.json'), 'utf8')) as {
    config: unknown
  }
  process.env['__NEXT_PRIVATE_STANDALONE_CONFIG'] = JSON.stringify(config)
}
