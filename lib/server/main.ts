import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import next from 'next'
import { keepBodyCoding } from './body-coding.ts'
import { readEnv } from './env.ts'
import { exitWith } from './exit-with.ts'
import { createLog } from './log.ts'
import { whenHeld } from './runtime.ts'
import { type App, type Place, serveApp } from './serve-app.ts'

const projectDir = join(import.meta.dirname, '..', '..')

/**
 * Starts the console in this process and resolves when it takes requests. What keeps it from starting (a bad
 * environment, a port in use, a database it must not touch) is said in its own words, and the process exits with 1.
 */
export async function startServer({ mode }: { mode: 'production' | 'development' }): Promise<void> {
  try {
    // Relative paths, in the environment too, start at the project's folder, wherever the program was started from.
    process.chdir(projectDir)
    process.env.NEXT_TELEMETRY_DISABLED ??= '1'
    const env = readEnv(process.env, projectDir)
    const createApp = (place: Place) => nextApp(place, mode === 'development')
    await serveApp({ env, log: createLog(env.logLevel), createApp })
  } catch (error) {
    exitWith(error)
  }
}

function nextApp({ host, port, server }: Place, dev: boolean): App {
  const app = next({ dev, dir: projectDir, hostname: host, port, httpServer: server })
  return {
    prepare: async () => {
      await app.prepare()
      // In production Next registers instrumentation, which starts the runtime, without being waited for.
      await whenHeld()
    },
    getRequestHandler: (): RequestListener => {
      const serve = app.getRequestHandler()
      return (request, response) => {
        keepBodyCoding(response)
        void serve(request, response)
      }
    },
  }
}
