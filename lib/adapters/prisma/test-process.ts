import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** Another process, running `script` as a module in the project's folder, and the lines it says. */
export function otherProcess(script: string) {
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  if (child.stdout === null) throw new Error('A process started with pipes has an output.')
  const lines = createInterface({ input: child.stdout })
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The process ended (${String(code)}) before it said anything more.`)
  })
  ended.catch(() => undefined)
  return {
    /** The next line it says. */
    line: async () => String((await Promise.race([once(lines, 'line'), ended]))[0]),
    /** Calls back with every line. */
    onLine: (listener: (line: string) => void) => void lines.on('line', listener),
    say: (line: string) => void child.stdin?.write(`${line}\n`),
    /** Ends it as `kill -9` does, and waits until it is gone. */
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}

/** A process that holds the write lock of the database at `path`, from its first line until it is killed. */
export const lockingProcess = (path: string) =>
  otherProcess(`
    import { DatabaseSync } from 'node:sqlite'
    const database = new DatabaseSync(${JSON.stringify(path)}, { timeout: 5000 })
    database.exec('BEGIN EXCLUSIVE')
    console.log('locked')
    process.stdin.resume()
  `)
