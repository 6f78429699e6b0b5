import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { logLines } from './log-lines.ts'

const children: ChildProcess[] = []
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
})

/** A process that logs as the console does, into a pipe of which nothing has been read yet. */
function loggingProcess(script: string) {
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', `import { createLog } from '#lib/server/log.ts'\n${script}`],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  children.push(child)
  const ended = once(child, 'exit') as Promise<[code: number | null]>
  return { child, ended }
}

describe('a process whose log', () => {
  it('is read has said all that it said in its last moment', async () => {
    const { child, ended } = loggingProcess(`
      const log = createLog('info')
      for (let line = 0; line < 100; line += 1) log.info({ line })
      process.exit(3)`)
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    expect(await ended).toContain(3)
    if (!child.stdout.readableEnded) await once(child.stdout, 'end')
    expect(said.trim().split('\n')).toHaveLength(100)
  })

  it('has no reader any more ends when it is to end', async () => {
    const { child, ended } = loggingProcess(`
      const log = createLog('info')
      process.stderr.write('up')
      setTimeout(() => { log.info('stopping'); log.info('stopped'); process.exit(3) }, 500)`)
    await once(child.stderr, 'data')
    child.stdout.destroy()
    expect(await ended).toContain(3)
  })

  it('has a reader that is stuck works on, and ends when it is to end', async () => {
    const { child, ended } = loggingProcess(`
      import { stat } from 'node:fs/promises'
      const log = createLog('info')
      for (let line = 0; line < 4_000; line += 1) log.info({ line, about: 'x'.repeat(1_000) })
      await Promise.all(Array.from({ length: 8 }, () => stat('.')))
      process.exit(3)`)
    child.stdout.pause()
    expect(await ended).toContain(3)
  })
})

describe('logLines', () => {
  it('keeps so much for an output that takes nothing, and tells how much was lost once it does', () => {
    const written: string[] = []
    let isStuck = true
    const output = {
      get writableLength() {
        return isStuck ? written.join('').length : 0
      },
      write: (text: string) => written.push(text),
      on: () => undefined,
    }
    const lines = logLines(output)
    const line = `${'x'.repeat(99_999)}\n`
    for (let i = 0; i < 14; i += 1) lines.write(line)
    expect(written).toEqual(Array.from({ length: 10 }, () => line))
    isStuck = false
    lines.write('again\n')
    expect(written.slice(11)).toEqual(['again\n'])
    expect(JSON.parse(written[10]!)).toMatchObject({ level: 'warn', lost: 4, msg: 'log lines were lost' })
  })
})
