import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SettingsVersion } from '#lib/contract/settings.ts'
import { START_FILE } from '#scripts/server-files.ts'
import type { MemoryFigures, ProcessFigures } from './process-figures.ts'

const ROOT = join(import.meta.dirname, '..')
const FOLLOW = join(ROOT, 'scripts', 'follow-parent.mjs')

/** The production console in a process of its own, which can be asked how it fares. */
export type BenchConsole = {
  url: string
  api: <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>
  begin: () => void
  end: () => Promise<ProcessFigures>
  /** What the process holds after its garbage has gone. */
  memory: () => Promise<MemoryFigures>
  /** The size of the database and of what waits beside it to get into it. */
  databaseBytes: () => Promise<number>
  stop: () => Promise<void>
}

type Fleet = { count: number; interval: string; baseUrl: string }
/** Whether the gateway listens too, on a port that `GET /api/routing` tells. */
type Parts = {
  withGateway?: boolean
  /** A database to begin with, which stays as it is: a copy is used. */
  database?: string | null
}

/** Starts the console with `count` providers of one address, all checked every `interval`. */
export async function startBenchConsole({
  withGateway = false,
  ...fleet
}: Fleet & Parts): Promise<BenchConsole> {
  const console = await openBenchConsole({ withGateway })
  await fill(console.api, fleet)
  return console
}

/** Starts the console without a provider. */
export async function openBenchConsole({
  withGateway = false,
  database = null,
}: Parts): Promise<BenchConsole> {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-bench-'))
  const file = join(folder, 'bench.db')
  if (database !== null) await copyFile(database, file)
  const preload = join(import.meta.dirname, 'measure-process.mjs')
  // With the flags of this process too: they are those that `npm start` has.
  const nodeArgs = [...process.execArgv, '--expose-gc', '--import', preload, '--import', FOLLOW]
  const child = spawn(process.execPath, [...nodeArgs, join(ROOT, START_FILE)], {
    cwd: ROOT,
    env: {
      ...process.env,
      // As `npm start` has it: what Node remembers of compiled files stays in memory.
      NODE_COMPILE_CACHE: undefined,
      NODE_ENV: 'production',
      PORT: '0',
      SWITCHYARD_DATABASE_URL: `file:${file}`,
      SWITCHYARD_DATA_DIR: folder,
      SWITCHYARD_AUTH: 'off',
      SWITCHYARD_LOG_LEVEL: 'info',
      SWITCHYARD_GATEWAY_PORT: withGateway ? '0' : 'off',
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const { promise: ready, resolve } = Promise.withResolvers<string>()
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    const found = /ready on (http:\/\/[^"]*?:\d+)/.exec(output)?.[1]
    if (found !== undefined) resolve(found)
  })
  const url = await ready
  const api: BenchConsole['api'] = async (method, path, body) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    return JSON.parse(text) as never
  }
  const ask = async <Answer>(question: string) => {
    const answer = once(child, 'message')
    child.send(question)
    const [figures] = (await answer) as [Answer]
    return figures
  }
  return {
    url,
    api,
    begin: () => void child.send('begin'),
    end: () => ask<ProcessFigures>('end'),
    memory: () => ask<MemoryFigures>('memory'),
    databaseBytes: async () => {
      const sizes = await Promise.all(
        [file, `${file}-wal`].map((part) =>
          stat(part).then(
            ({ size }) => size,
            () => 0,
          ),
        ),
      )
      return sizes.reduce((sum, size) => sum + size, 0)
    },
    stop: async () => {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function fill(api: BenchConsole['api'], { count, interval, baseUrl }: Fleet): Promise<void> {
  const { settings, version } = await api<SettingsVersion>('GET', '/api/settings')
  const monitor = { ...settings.monitor, interval, timeout: interval, concurrency: 4_096 }
  const reason = 'bench'
  await api('PUT', '/api/settings', { settings: { ...settings, monitor }, expectedVersion: version, reason })
  const ids = Array.from({ length: count }, (_, i) => `bench-${String(i).padStart(4, '0')}`)
  const lane = async () => {
    for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
      await api('POST', '/api/providers', { id, name: id, kind: 'openai-compatible', baseUrl })
    }
  }
  await Promise.all(Array.from({ length: 8 }, lane))
}
