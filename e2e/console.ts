import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { START_FILE } from '#scripts/server-files.ts'
import { emptyDatabase } from './empty-database.ts'
import { findLeaks } from './find-leaks.ts'

const ROOT = join(import.meta.dirname, '..')
const READY_WITHIN_MS = 60_000
const RECORDER = pathToFileURL(join(import.meta.dirname, 'record-answers.ts')).href

/** A console of the production build in a process of its own, on a database of its own. */
export type Console = {
  /** Stays the same over a restart. */
  url: string
  dataDir: string
  start: () => Promise<void>
  /** Sends the signal and waits for the end; returns the exit code, null after a kill. */
  stop: (signal?: NodeJS.Signals) => Promise<number | null>
  /** All that it has written so far. */
  log: () => string
  /** Where something secret is that must not be there, in words; asked when it has stopped. */
  leaks: () => string[]
  remove: () => Promise<void>
  /** Calls the HTTP API and returns the parsed answer; throws on a refusal. */
  api: <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>
}

/** Prepares a console on any free port; `start` starts it. Nobody is asked to sign in unless `env` says so. */
export async function prepareConsole(env: Record<string, string> = {}): Promise<Console> {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-e2e-'))
  const [dataDir, answersDir] = [join(folder, 'data'), join(folder, 'answers')]
  for (const path of [dataDir, answersDir]) await mkdir(path)
  const database = join(dataDir, 'switchyard.db')
  // Its first start is still a first start: it finds what it would have migrated itself, and writes the rest.
  const template = emptyDatabase()
  if (template !== null) await copyFile(template, database)
  let child: ChildProcess | null = null
  let port = '0'
  let log = ''

  const start = async () => {
    const started = spawn(process.execPath, ['--import', RECORDER, join(ROOT, START_FILE)], {
      cwd: ROOT,
      env: {
        ...process.env,
        PORT: port,
        SWITCHYARD_GATEWAY_PORT: '0',
        SWITCHYARD_DATABASE_URL: `file:${database}`,
        SWITCHYARD_DATA_DIR: dataDir,
        SWITCHYARD_AUTH: 'off',
        SWITCHYARD_LOG_LEVEL: 'info',
        E2E_ANSWERS: answersDir,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child = started
    for (const stream of [started.stdout, started.stderr])
      stream.on('data', (chunk: Buffer) => {
        log += chunk.toString()
      })
    started.stderr.pipe(process.stderr, { end: false })
    port = await readyPort(started)
  }

  const url = () => `http://127.0.0.1:${port}${env['SWITCHYARD_BASE_PATH'] ?? ''}`
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
    log: () => log,
    leaks: () => findLeaks({ dataDir, answersDir, log }),
    remove: () => rm(folder, { recursive: true, force: true }),
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
