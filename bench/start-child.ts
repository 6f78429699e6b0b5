import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const ROOT = join(import.meta.dirname, '..')
const FOLLOW = join(ROOT, 'scripts', 'follow-parent.mjs')
/** How long a child may take to end by itself. */
const STOP_LIMIT_MS = 8_000

/** A process of a bench; it stops when the bench is gone, however that ended. */
export type Child = {
  process: ChildProcess
  /** The first line it printed. */
  firstLine: string
  stop: () => Promise<void>
}

type Options = {
  args?: readonly string[]
  env?: Readonly<Record<string, string>>
  /** Flags for Node itself. */
  nodeArgs?: readonly string[]
}

/** Starts a script of ours that prints a line when it is ready. */
export async function startChild(
  file: string,
  { args = [], env = {}, nodeArgs = [] }: Options = {},
): Promise<Child> {
  const child = spawn(process.execPath, ['--import', FOLLOW, ...nodeArgs, file, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  if (child.stdout === null) throw new Error(`${file} has no standard output`)
  const lines = createInterface({ input: child.stdout })
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${file} ended (${String(code)}) before it was ready`)
  })
  const [firstLine] = (await Promise.race([once(lines, 'line'), ended])) as [string]
  // It must not be dammed up by what nobody reads.
  child.stdout.resume()
  ended.catch(() => undefined)
  return { process: child, firstLine, stop: () => stopProcess(child) }
}

/** Asks a process to end, and makes it. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS)
  await ended
  clearTimeout(limit)
}
