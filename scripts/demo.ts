import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { seededRandom } from '#demo/chance.ts'
import { consoleEnv } from '#demo/console-env.ts'
import { openLoadControl } from '#demo/load-control.ts'
import { type Load, startLoad } from '#demo/load.ts'
import { SIMULATED_PROVIDERS } from '#demo/providers.ts'
import { readGatewayUrl, registerFleet, registerRoutes } from '#demo/register.ts'
import type { FleetAnnouncement } from '#demo/run-fleet.ts'
import { basePathOf } from '#lib/server/base-path.ts'
import { exitWith } from '#lib/server/exit-with.ts'
import { demoOptions } from './demo-options.ts'
import { isPortFree } from './free-port.ts'
import { prepareBuild } from './prepare-build.ts'
import { readArguments } from './read-arguments.ts'
import { START_FILE } from './server-files.ts'

const ROOT = join(import.meta.dirname, '..')
const FLEET_BASE_PORT = 4700
const CONSOLE_PORT = 3000
const GATEWAY_PORT = 8787
const MAX_PORT = 65_535
const READY_TIMEOUT_MS = 60_000
/** A little more than the console takes at most, and less than a reader's patience. */
const STOP_LIMIT_MS = 4_800

const { values } = readArguments(
  {
    options: {
      port: { type: 'string', default: process.env['PORT'] ?? '3000' },
      /** Go on with the database of the last time. */
      keep: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      /** Traffic at first, requests a second; the console has a control for it. */
      rps: { type: 'string', default: '12' },
    },
  },
  'Usage: npm run demo -- [--port PORT] [--rps N] [--seed N] [--keep]',
)
const { port, seed, requestsPerSecond } = optionsOf(values)
const basePath = basePathOf(process.env)
const consoleUrl = `http://127.0.0.1:${port}${basePath}`
// Another port is another demo, and two of them must not share a file.
const database = join('data', port === CONSOLE_PORT ? 'demo.db' : `demo-${port}.db`)

const children: ChildProcess[] = []
let load: Load | null = null
let stopping = false

function optionsOf(typed: Parameters<typeof demoOptions>[0]) {
  try {
    return demoOptions(typed)
  } catch (error) {
    exitWith(error)
  }
}

/** Starts a part of the demo that stops by itself when this process is gone. */
function startPart(
  script: string,
  args: readonly string[],
  options: { env?: Record<string, string | undefined>; stdout: 'inherit' | 'pipe' },
) {
  const follow = join(ROOT, 'scripts', 'follow-parent.mjs')
  // With the flags of this process, which are for all of its parts.
  const flags = [...process.execArgv, '--import', follow]
  const child = spawn(process.execPath, [...flags, join(ROOT, script), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', options.stdout, 'inherit', 'ipc'],
    // In a group of its own, so that a Ctrl-C of the terminal arrives through this process, once.
    detached: true,
  })
  children.push(child)
  child.once('exit', (code) => {
    if (stopping) return
    console.error(`${script} ended unexpectedly (${code ?? 'killed'}); stopping the demo.`)
    void stop(1)
  })
  return child
}

async function startFleetProcess(): Promise<{ child: ChildProcess; announcement: FleetAnnouncement }> {
  const ports = SIMULATED_PROVIDERS.map((_, index) => FLEET_BASE_PORT + 1 + index)
  // The usual ports when they are free, so that a kept database finds its providers where they were.
  const free = (await Promise.all([FLEET_BASE_PORT, ...ports].map(isPortFree))).every(Boolean)
  const where = free ? ['--base-port', String(FLEET_BASE_PORT)] : []
  const child = startPart(join('demo', 'run-fleet.ts'), ['--wait', '--seed', String(seed), ...where], {
    stdout: 'pipe',
  })
  if (child.stdout === null) throw new Error('the fleet has no standard output')
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return { child, announcement: JSON.parse(line) as FleetAnnouncement }
}

/** As far from the usual one as the console's port is; any free one where that is taken. */
async function gatewayPort(): Promise<number> {
  const wished = GATEWAY_PORT + port - CONSOLE_PORT
  return wished > 0 && wished <= MAX_PORT && (await isPortFree(wished)) ? wished : 0
}

async function startConsole(controlUrl: string): Promise<void> {
  startPart(START_FILE, [], {
    stdout: 'inherit',
    env: {
      // As `npm start` has it: what Node remembers of compiled files stays in memory.
      NODE_COMPILE_CACHE: undefined,
      ...consoleEnv({ port, gatewayPort: await gatewayPort(), controlUrl, database }),
      SWITCHYARD_LOG_LEVEL: process.env['SWITCHYARD_LOG_LEVEL'] ?? 'warn',
    },
  })
  const givenUpAt = performance.now() + READY_TIMEOUT_MS
  for (let answer = await readiness(); answer !== null; answer = await readiness()) {
    if (performance.now() > givenUpAt) throw new Error(`The console did not get ready in time: ${answer}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** Null when the console is ready; else what it says. */
const readiness = () =>
  fetch(`${consoleUrl}/api/health/ready`).then(
    async (response) => (response.ok ? null : `${response.status} ${await response.text()}`),
    () => 'no answer',
  )

async function stop(code: number): Promise<void> {
  if (stopping) return
  stopping = true
  const limit = setTimeout(() => kill('SIGKILL'), STOP_LIMIT_MS)
  // Nobody is left to be told of the last calls, so nobody waits for them.
  void load?.stop()
  const running = children.filter((child) => child.exitCode === null && child.signalCode === null)
  const ended = running.map((child) => once(child, 'exit'))
  kill('SIGTERM')
  await Promise.all(ended)
  clearTimeout(limit)
  process.exit(code)
}

function kill(signal: NodeJS.Signals): void {
  for (const child of children) child.kill(signal)
}

function onSignal(): void {
  if (!stopping) {
    void stop(0)
    return
  }
  kill('SIGKILL')
  process.exit(130)
}

async function main(): Promise<void> {
  if (!(await isPortFree(port))) {
    console.error(
      `Port ${port} is in use. Is the demo running already? Another port: npm run demo -- --port 3001`,
    )
    process.exit(1)
  }
  if (!values.keep) {
    const files = ['', '-wal', '-shm', '-journal'].map((end) => join(ROOT, `${database}${end}`))
    await Promise.all(files.map((file) => rm(file, { force: true })))
  }
  await prepareBuild()
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  const control = await openLoadControl(() => load)
  const [{ child, announcement }] = await Promise.all([startFleetProcess(), startConsole(control.url)])
  const baseUrls = new Map(announcement.providers.map(({ id, baseUrl }) => [id, baseUrl]))
  const registrants = SIMULATED_PROVIDERS.map((provider) => ({
    provider,
    baseUrl: baseUrls.get(provider.id) ?? '',
  }))
  await registerFleet(consoleUrl, registrants)
  await registerRoutes(consoleUrl)
  const gatewayUrl = await readGatewayUrl(consoleUrl)
  if (gatewayUrl === null) throw new Error('The console has no gateway')
  child.send('begin')
  load = startLoad({ gatewayUrl, requestsPerSecond, maxInFlight: 400, random: seededRandom(seed) })
  console.log(welcome({ controlUrl: announcement.controlUrl, gatewayUrl }))
}

const welcome = ({ controlUrl, gatewayUrl }: { controlUrl: string; gatewayUrl: string }) => `
  Switchyard is watching ${SIMULATED_PROVIDERS.length} simulated providers:  http://localhost:${port}${basePath}/?range=15m
  Applications send their requests through its gateway, ${gatewayUrl}; turn them up and down in the console.

  In about half a minute Groq goes down: watch its circuit open, try, and close again.
  Make weather yourself:  curl -d '{"condition":"down","forMs":20000}' ${controlUrl}/mistral/__weather
  Ask something yourself: curl -H 'content-type: application/json' \\
    -d '{"model":"gpt-4o","messages":[{"role":"user","content":"Which platform?"}]}' ${new URL('/v1/chat/completions', gatewayUrl).href}
  Ctrl-C stops everything.
`

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  void stop(1)
})
