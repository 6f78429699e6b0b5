import { createServer, type RequestListener, type Server } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { answerBroken } from './answer-broken.ts'
import { answerStarting } from './answer-starting.ts'
import type { ServerEnv } from './env.ts'
import { listen } from './listen.ts'
import type { Logger } from './log.ts'
import { openGateway, type OpenGateway } from './open-gateway.ts'
import { heldRuntime } from './runtime.ts'
import { stopOnSignals } from './shutdown.ts'
import { urlOf } from './url-of.ts'

/** Everything is stopped and written within this time, or given up. */
const STOP_MS = 4_500
/** How long requests under way may take while stopping. */
const LAST_REQUESTS_MS = 1_500

/** What answers requests once it is prepared; preparing it starts the runtime. */
export type App = { prepare: () => Promise<void>; getRequestHandler: () => RequestListener }

/** Where the app will be reached, known before it is made. */
export type Place = { host: string; port: number; server: Server }

type Env = Pick<
  ServerEnv,
  'host' | 'port' | 'gatewayHost' | 'gatewayPort' | 'drainMs' | 'providerTargets' | 'basePath'
>
type Options = { env: Env; log: Logger; createApp: (place: Place) => App }

/**
 * Listens, prepares the app and serves it and the gateway until a signal comes. The ports are taken first: a program
 * that cannot be reached must not touch the database. Rejects when it cannot listen or prepare.
 */
export async function serveApp({ env, log, createApp }: Options): Promise<void> {
  let handler = answerStarting(env)
  const server = createServer((request, response) => handler(request, response))
  // Generous for a slow link, short enough that idle connections do not pile up.
  Object.assign(server, { headersTimeout: 15_000, requestTimeout: 60_000, keepAliveTimeout: 30_000 })
  server.on('clientError', answerBroken)
  const port = await listen(server, { ...env, names: { host: 'HOST', port: 'PORT' } })
  const gateway = await openGateway(env, log)
  Object.assign(process.env, { PORT: String(port), HOST: env.host })
  stopOnSignals(process, {
    drain: async () => {
      log.info('stopping')
      heldRuntime()?.announceStop()
      await gateway?.drain()
    },
    stop: () => stop(server, gateway),
    withinMs: STOP_MS,
    onOutcome: (outcome) => log.info({ outcome }, 'stopped'),
    onFault: (err) => log.error({ err }, 'the stop did not go as it should'),
  })
  const app = createApp({ host: env.host, port, server })
  await app.prepare()
  handler = app.getRequestHandler()
  gateway?.adopt()
  const url = urlOf(env.host, port) + env.basePath
  log.info({ url, port }, `Switchyard is ready on ${url}`)
  if (gateway !== null)
    log.info({ gateway: gateway.url }, `applications reach the gateway on ${gateway.url}/v1`)
}

/** Ends the streams, lets other requests finish for a moment, and writes everything that waits. */
async function stop(server: Server, gateway: OpenGateway | null): Promise<void> {
  const isClosed = new Promise<void>((resolve) => void server.close(() => resolve()))
  const runtimeStopped = heldRuntime()?.stop()
  server.closeIdleConnections()
  await Promise.race([isClosed, delay(LAST_REQUESTS_MS, undefined, { ref: false })])
  server.closeAllConnections()
  await gateway?.close()
  await runtimeStopped
}
