import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from './free-port.ts'
import { stopProcess } from './start-child.ts'

const ROOT = join(import.meta.dirname, '..')
const PEERS = join(import.meta.dirname, 'peers')
const SERVER = join(PEERS, 'node_modules', '@portkey-ai', 'gateway', 'build', 'start-server.js')
const READY_TIMEOUT_MS = 30_000

/** Starts `@portkey-ai/gateway` on the loopback interface, headless; the first time it is installed. */
export async function startPortkey(): Promise<{ port: number; stop: () => Promise<void> }> {
  install()
  const port = await freePort()
  const child = spawn(
    process.execPath,
    [
      ...['--import', join(ROOT, 'scripts', 'follow-parent.mjs')],
      ...['--import', join(PEERS, 'loopback-only.mjs')],
      ...[SERVER, `--port=${port}`, '--headless'],
    ],
    // What it says is a spinner, and a line for each upstream that fails.
    {
      cwd: PEERS,
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    },
  )
  const givenUpAt = performance.now() + READY_TIMEOUT_MS
  while (!(await isUp(port))) {
    if (performance.now() > givenUpAt || child.exitCode !== null) throw new Error('Portkey did not start')
    await delay(100)
  }
  return { port, stop: () => stopProcess(child) }
}

const isUp = (port: number) =>
  fetch(`http://127.0.0.1:${port}/`).then(
    (response) => response.ok,
    () => false,
  )

/** The peers have a lock file of their own, so that the product does not depend on them. */
function install(): void {
  if (existsSync(SERVER)) return
  console.log('installing the peers …')
  const done = spawnSync('npm', ['ci', '--ignore-scripts'], { cwd: PEERS, stdio: 'inherit' })
  if (done.status !== 0) throw new Error('npm ci in bench/peers failed')
}
