import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'

const READY_WITHIN_MS = 30_000
const ASK_EVERY_MS = 100
/** How long a program may take to end by itself. */
const STOP_LIMIT_MS = 5_000

/** Another program that runs beside us, and ends with us. */
export type RunningProgram = { url: string; stop: () => Promise<void> }

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

type Start = { command: string; args: readonly string[]; cwd?: string; url: string; readyPath: string }

/** Starts a program that serves HTTP at `url`, and waits until it says that it is ready; rejects with its own words. */
export async function startProgram({ command, args, cwd, url, readyPath }: Start): Promise<RunningProgram> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  let words = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      words = (words + chunk.toString()).slice(-4_000)
    })
  const ends: string[] = []
  child.once('error', (error) => ends.push(error.message))
  child.once('exit', (code, signal) => {
    ends.push(`it ended with ${code ?? signal ?? 'nothing'}`)
    running.delete(child)
  })
  const limit = performance.now() + READY_WITHIN_MS
  while (!(await isReady(url + readyPath))) {
    if (ends.length > 0 || performance.now() > limit) {
      child.kill('SIGKILL')
      throw new Error(`${command} does not get ready: ${ends[0] ?? 'it takes too long'}\n${words}`)
    }
    await delay(ASK_EVERY_MS)
  }
  return { url, stop: () => end(child) }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS)
  await ended
  clearTimeout(limit)
}
