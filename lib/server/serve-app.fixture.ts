// A program for `serve-app.test.ts`: the console's process without Next, which needs a build.
import type { RequestListener } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { readEnv } from './env.ts'
import { exitWith } from './exit-with.ts'
import { createLog } from './log.ts'
import { heldRuntime } from './runtime.ts'
import { serveApp } from './serve-app.ts'
import { startRuntimeOrExit } from './start-runtime.ts'

const answer: RequestListener = (request, response) => {
  if (request.url === '/hang') return
  if (request.url !== '/stream') return void response.end('served')
  const stream = heldRuntime()?.hub.connect(null)
  // The end of the connection is what the test looks at, whichever side it comes from.
  if (stream !== undefined) pipeline(Readable.from(stream), response).catch(() => undefined)
}

try {
  const env = readEnv(process.env, process.cwd())
  const createApp = () => ({ prepare: startRuntimeOrExit, getRequestHandler: () => answer })
  await serveApp({ env, log: createLog(env.logLevel), createApp })
} catch (error) {
  exitWith(error)
}
