// A program for `serve-app.test.ts`: the console's process without Next, which needs a build. `/fleet?URL` gives it one
// provider there, and a route that leads to it; `/check` checks it. Its argument is the folder with the bundles of the
// database's threads.
import { authorNamed } from '#lib/domain/access/author.ts'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createProviderSchema } from '#lib/contract/provider.ts'
import { createRouteSchema } from '#lib/contract/route.ts'
import { createProvider } from '#lib/services/create-provider.ts'
import { createRoute } from '#lib/services/routing/create-route.ts'
import { readEnv } from './env.ts'
import { exitWith } from './exit-with.ts'
import { createLog } from './log.ts'
import { heldRuntime, runtime } from './runtime.ts'
import { serveApp } from './serve-app.ts'
import { startRuntimeOrExit } from './start-runtime.ts'

const answer: RequestListener = (request, response) => {
  if (request.url === '/hang') return
  const made = answerOf(request.url ?? '')
  if (made !== null) {
    return void made.then(
      (text) => response.end(text),
      (error: unknown) => response.destroy(error as Error),
    )
  }
  if (request.url !== '/stream') return void response.end('served')
  const stream = heldRuntime()?.hub.connect(null)
  // The end of the connection is what the test looks at, whichever side it comes from.
  if (stream !== undefined) pipeline(Readable.from(stream), response).catch(() => undefined)
}

function answerOf(url: string): Promise<string> | null {
  if (url.startsWith('/fleet?')) return makeFleet(url.slice('/fleet?'.length)).then(() => 'made')
  return url === '/check'
    ? runtime()
        .engine.scheduler.checkNow('acme')
        .then((check) => JSON.stringify(check))
    : null
}

async function makeFleet(baseUrl: string): Promise<void> {
  const { engine } = runtime()
  const provider = createProviderSchema.parse({
    id: 'acme',
    name: 'Acme',
    kind: 'openai-compatible',
    baseUrl,
  })
  await createProvider(engine, provider, authorNamed('ann'))
  const route = createRouteSchema.parse({
    name: 'main',
    models: ['gpt-4o'],
    members: [{ providerId: 'acme' }],
    strategy: { type: 'single', providerId: 'acme' },
  })
  await createRoute(engine, route, authorNamed('ann'))
}

try {
  const env = readEnv(process.env, process.cwd())
  const codeFile = (name: string) => join(process.argv[2] ?? '', `${name}.js`)
  const createApp = () => ({
    prepare: () => startRuntimeOrExit({ codeFile }),
    getRequestHandler: () => answer,
  })
  await serveApp({ env, log: createLog(env.logLevel), createApp })
} catch (error) {
  exitWith(error)
}
