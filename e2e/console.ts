import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const ROOT = join(import.meta.dirname, '..')
const READY_WITHIN_MS = 60_000

/** A console of the production build in a process of its own, on a database of its own. */
export type Console = {
  /** Stays the same over a restart. */
  url: string
  dataDir: string
  start: () => Promise<void>
  /** Sends the signal and waits for the end; returns the exit code, null after a kill. */
  stop: (signal?: NodeJS.Signals) => Promise<number | null>
  remove: () => Promise<void>
  /** Calls the HTTP API and returns the parsed answer; throws on a refusal. */
  api: <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>
}

/** Prepares a console on any free port; `start` starts it. With `auth` on, people sign in to it. */
export async function prepareConsole(
  env: Record<string, string> = {},
  { auth }: { auth?: 'on' } = {},
): Promise<Console> {
  const dataDir = await mkdtemp(join(tmpdir(), 'switchyard-e2e-'))
  let child: ChildProcess | null = null
  let port = '0'

  const start = async () => {
    const started = spawn(process.execPath, [join(ROOT, 'scripts', 'start.ts')], {
      cwd: ROOT,
      env: {
        ...process.env,
        PORT: port,
        SWITCHYARD_GATEWAY_PORT: '0',
        SWITCHYARD_DATABASE_URL: `file:${join(dataDir, 'switchyard.db')}`,
        SWITCHYARD_DATA_DIR: dataDir,
        SWITCHYARD_AUTH: auth ?? 'off',
        SWITCHYARD_LOG_LEVEL: 'info',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    child = started
    port = await readyPort(started)
  }

  const url = () => `http://127.0.0.1:${port}`
  return {
    get url() {
      return url()
    },
    dataDir,
    start,
    stop: async (signal = 'SIGTERM') => {
      if (child === null || child.exitCode !== null || child.signalCode !== null) return null
      const ended = once(child, 'exit')
      child.kill(signal)
      const [code] = (await ended) as [number | null]
      return code
    },
    remove: () => rm(dataDir, { recursive: true, force: true }),
    api: async (method, path, body) => {
      const response = await fetch(`${url()}${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
      return JSON.parse(text) as never
    },
  }
}

/** Waits for the line that names the address. */
async function readyPort(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    const port = /ready on http:\/\/[^"]*?:(\d+)/.exec(output)?.[1]
    if (port !== undefined) resolve(port)
  })
  child.once('exit', (code) =>
    reject(new Error(`The console ended with ${code} before it was ready: ${output}`)),
  )
  const tooLate = delay(READY_WITHIN_MS, undefined, { ref: false }).then(() => {
    throw new Error(`The console was not ready in time: ${output}`)
  })
  return Promise.race([promise, tooLate])
}
