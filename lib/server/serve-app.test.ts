import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const program = join(import.meta.dirname, 'serve-app.fixture.ts')

let folder: string
const children: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-'))
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** Starts the program; `url` and `stopping` resolve when it says so, `end` with its exit code and all it wrote to standard error. */
function start(over: Record<string, string> = {}) {
  const env = {
    NODE_ENV: 'production' as const,
    PORT: '0',
    SWITCHYARD_GATEWAY_PORT: '0',
    SWITCHYARD_DATA_DIR: folder,
    ...over,
  }
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const url = Promise.withResolvers<string>()
  const stopping = Promise.withResolvers<undefined>()
  createInterface(child.stdout).on('line', (line) => {
    const { url: ready, msg } = JSON.parse(line) as { url?: string; msg: string }
    if (ready !== undefined) url.resolve(ready)
    if (msg === 'stopping') stopping.resolve(undefined)
  })
  const end = once(child, 'close').then(([code]) => ({ code: code as number | null, errors: errors.trim() }))
  return { child, url: url.promise, stopping: stopping.promise, end }
}

describe('the process', () => {
  it('stops on a signal: streams end, the database is closed, exit code 0', async () => {
    const { child, url, end } = start()
    const stream = await fetch(`${await url}/stream`)
    const reader = stream.body!.getReader()
    expect(new TextDecoder().decode((await reader.read()).value)).toContain('event: hello')
    child.kill('SIGTERM')
    const drained = (async () => {
      while (!(await reader.read()).done);
    })()
    await drained
    expect(await end).toEqual({ code: 0, errors: '' })
    const again = start()
    expect(await (await fetch(await again.url)).text()).toBe('served')
  })

  it('exits at once on a second signal', async () => {
    const { child, url, stopping, end } = start()
    const unanswered = fetch(`${await url}/hang`).catch(() => 'cut off')
    // Another request is answered after it has arrived.
    await fetch(await url)
    child.kill('SIGINT')
    await stopping
    child.kill('SIGTERM')
    expect((await end).code).toBe(143)
    expect(await unanswered).toBe('cut off')
  })

  it('says that the port is in use, and has not touched the database', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const { code, errors } = await start({ PORT: String(port) }).end
    other.close()
    expect(code).toBe(1)
    expect(errors).toBe(
      `Port ${port} on 127.0.0.1 is in use by another program. Stop it, or choose another port: PORT=${port + 1}.`,
    )
  })

  it.each([
    [{ HOST: '0.0.0.0' }, 'HOST: a loopback address'],
    [{ SWITCHYARD_DATABASE_ULR: 'file:x' }, 'did you mean SWITCHYARD_DATABASE_URL?'],
  ])('does not start with %o', async (over, sentence) => {
    const { code, errors } = await start(over).end
    expect(code).toBe(1)
    expect(errors).toContain(sentence)
  })

  it('does not touch a file that is no database, and says so in a sentence', async () => {
    const path = join(folder, 'switchyard.db')
    writeFileSync(path, 'these are not the tables you are looking for'.repeat(100))
    const before = readFileSync(path)
    const { code, errors } = await start().end
    expect(code).toBe(1)
    expect(errors).toContain(path)
    expect(errors).not.toContain('    at ')
    expect(readFileSync(path)).toEqual(before)
  })

  it('does not start on a database that another process has', async () => {
    await start().url
    const { code, errors } = await start().end
    expect(code).toBe(1)
    expect(errors).toContain('in use by another')
  })
})
