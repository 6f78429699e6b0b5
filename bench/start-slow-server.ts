import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** Starts a server in a process of its own that answers after `delayMs`. */
export async function startSlowServer(delayMs: number): Promise<{ port: number; stop: () => void }> {
  const file = join(import.meta.dirname, 'slow-server.ts')
  const child = spawn(process.execPath, [file, String(delayMs)], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { port: Number(line.toString().trim()), stop: () => void child.kill() }
}
