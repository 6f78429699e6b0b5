import { createServer, type RequestListener, type Server } from 'node:http'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import next from 'next'
import { isAppError } from '#lib/domain/errors.ts'
import { readEnv, type ServerEnv } from './env.ts'
import { listen } from './listen.ts'
import { createLog, type Logger } from './log.ts'
import { plainProblem, problemResponse } from './problem.ts'
import { heldRuntime } from './runtime.ts'
import { stopOnSignals } from './shutdown.ts'

/** Everything is stopped and written within this time, or given up. */
const STOP_MS = 4_500
/** How long requests under way may take while stopping. */
const LAST_REQUESTS_MS = 1_500

const projectDir = join(import.meta.dirname, '..', '..')

/**
 * Starts the console in this process and resolves when it takes requests. What keeps it from starting (a bad
 * environment, a port in use, a database it must not touch) is said in one sentence, and the process exits with 1.
 */
export async function startServer({ mode }: { mode: 'production' | 'development' }): Promise<void> {
  try {
    // Relative paths, in the environment too, start at the project's folder, wherever the program was started from.
    process.chdir(projectDir)
    await start(readEnv(process.env, projectDir), mode)
  } catch (error) {
    process.stderr.write(`${isAppError(error) ? error.message : describe(error)}\n`)
    process.exit(1)
  }
}

async function start(env: ServerEnv, mode: 'production' | 'development'): Promise<void> {
  const log = createLog(env.logLevel)
  let handler: RequestListener = answerStarting
  const server = createServer((request, response) => handler(request, response))
  // Generous for a slow link, short enough that idle connections do not pile up.
  Object.assign(server, { headersTimeout: 15_000, requestTimeout: 60_000, keepAliveTimeout: 30_000 })
  const port = await listen(server, env)
  Object.assign(process.env, { PORT: String(port), HOST: env.host })

  const app = next({
    dev: mode === 'development',
    dir: projectDir,
    hostname: env.host,
    port,
    httpServer: server,
  })
  stopOnSignals(process, {
    stop: () => stop(server, log),
    withinMs: STOP_MS,
    onOutcome: (outcome) => log.info({ outcome }, 'stopped'),
  })
  await app.prepare()
  const serve = app.getRequestHandler()
  handler = (request, response) => void serve(request, response)
  const url = `http://${env.host.includes(':') ? `[${env.host}]` : env.host}:${port}`
  log.info({ url, mode }, `Switchyard is ready on ${url}`)
}

/** Ends the streams, lets other requests finish for a moment, and writes everything that waits. */
async function stop(server: Server, log: Logger): Promise<void> {
  log.info('stopping')
  const isClosed = new Promise<void>((resolve) => void server.close(() => resolve()))
  const engineStopped = heldRuntime()?.stop()
  server.closeIdleConnections()
  await Promise.race([isClosed, delay(LAST_REQUESTS_MS, undefined, { ref: false })])
  server.closeAllConnections()
  await engineStopped
}

const answerStarting: RequestListener = (_request, response) => {
  const problem = plainProblem({ status: 503, detail: 'Switchyard is starting.', requestId: 'starting' })
  const { status, headers } = problemResponse(problem)
  response.writeHead(status, { ...Object.fromEntries(headers), 'retry-after': '1', connection: 'close' })
  response.end(JSON.stringify(problem))
}

const describe = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error))
