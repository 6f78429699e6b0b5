import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import {
  answers,
  completionOf,
  DONE,
  FINISH,
  startFaultyUpstream,
  streams,
  token,
} from '#lib/gateway/testing/faulty-upstream.fixture.ts'
import { ask, CHAT } from '#lib/gateway/testing/stage-gateway.fixture.ts'

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

/**
 * Starts the program; `url`, `gateway`, `stopping` and `outcome` resolve when it says so, `end` with its exit code and
 * all it wrote to standard error.
 */
function start(over: Record<string, string> = {}) {
  const env = {
    NODE_ENV: 'production' as const,
    PORT: '0',
    SWITCHYARD_GATEWAY_PORT: '0',
    SWITCHYARD_DATA_DIR: folder,
    ...over,
    // Where files are kept as compiled; else each start would compile all of them anew.
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
  }
  const child = spawn(process.execPath, [program, inject('databaseThreads')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const url = Promise.withResolvers<string>()
  const gateway = Promise.withResolvers<string>()
  const stopping = Promise.withResolvers<undefined>()
  const outcome = Promise.withResolvers<string>()
  createInterface(child.stdout).on('line', (line) => {
    const said = JSON.parse(line) as { url?: string; gateway?: string; outcome?: string; msg: string }
    if (said.url !== undefined) url.resolve(said.url)
    if (said.gateway !== undefined) gateway.resolve(said.gateway)
    if (said.outcome !== undefined) outcome.resolve(said.outcome)
    if (said.msg === 'stopping') stopping.resolve(undefined)
  })
  const end = once(child, 'close').then(([code]) => ({ code: code as number | null, errors: errors.trim() }))
  return {
    child,
    url: url.promise,
    gateway: gateway.promise,
    stopping: stopping.promise,
    outcome: outcome.promise,
    end,
  }
}

describe('the process', () => {
  it('stops on a signal: streams end, the database is closed, exit code 0', async () => {
    const { child, url, gateway, outcome, end } = start({ SWITCHYARD_DRAIN: '5m' })
    const stream = await fetch(`${await url}/stream`)
    const reader = stream.body!.getReader()
    expect(new TextDecoder().decode((await reader.read()).value)).toContain('event: hello')
    // Leaves a connection open to the gateway on which nothing is asked: nobody waits for it.
    expect((await fetch(`${await gateway}/v1/models`)).status).toBe(200)
    child.kill('SIGTERM')
    const drained = (async () => {
      while (!(await reader.read()).done);
    })()
    await drained
    expect(await outcome).toBe('stopped')
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

  it.each(['PORT', 'SWITCHYARD_GATEWAY_PORT'])(
    'says that %s is in use, and has not touched the database',
    async (name) => {
      const other = createServer().listen(0, '127.0.0.1')
      await once(other, 'listening')
      const { port } = other.address() as { port: number }
      const { code, errors } = await start({ [name]: String(port) }).end
      other.close()
      expect(code).toBe(1)
      expect(errors).toBe(
        `Port ${port} on 127.0.0.1 is in use by another program. Stop it, or choose another port: ${name}=${port + 1}.`,
      )
      expect(readdirSync(folder)).toEqual([])
    },
  )

  it.each([
    [{ HOST: '0.0.0.0' }, 'needed with HOST=0.0.0.0'],
    [{ HOST: '0.0.0.0', SWITCHYARD_PUBLIC_URL: 'https://console.example' }, 'it has no administrator yet'],
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

describe('the process with the gateway at work', () => {
  const post = (url: string, body: object) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

  /** A program in the middle of a stream: `hello` has come, and `finish` lets the provider say the rest. */
  async function startWithOpenStream(drain: string) {
    const upstream = await startFaultyUpstream()
    const finish = Promise.withResolvers<() => void>()
    upstream.does(
      streams((response) => {
        response.write(token('hello'))
        finish.resolve(() => response.end(`${token('world')}${FINISH}${DONE}`))
      }),
    )
    const program = start({ SWITCHYARD_DRAIN: drain, SWITCHYARD_SCHEDULER: 'off' })
    await fetch(`${await program.url}/fleet?${upstream.url}`)
    const gateway = await program.gateway
    const stream = await post(`${gateway}${CHAT}`, ask({ stream: true }))
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader.read()).value).toContain('hello')
    const rest = async () => {
      let text = ''
      for (let next = await reader.read(); !next.done; next = await reader.read()) text += next.value
      return text
    }
    return { ...program, gateway, finish: await finish.promise, rest }
  }

  it.each([
    ['on', 200, { class: 'ok' }],
    ['off', 502, { kind: 'refused_by_policy', message: 'refused by policy: 127.0.0.1 is loopback' }],
  ])('calls and checks what is inside only where it may: %s', async (inside, status, checked) => {
    const upstream = await startFaultyUpstream()
    upstream.does(answers(200, { ...completionOf('hello'), data: [{ id: 'm-1' }] }))
    const program = start({ SWITCHYARD_PRIVATE_TARGETS: inside, SWITCHYARD_SCHEDULER: 'off' })
    await fetch(`${await program.url}/fleet?${upstream.url}`)
    expect((await post(`${await program.gateway}${CHAT}`, ask())).status).toBe(status)
    const check = await fetch(`${await program.url}/check`)
    expect(await check.json()).toMatchObject(checked)
    expect(upstream.heard).toHaveLength(inside === 'on' ? 2 : 0)
  })

  it('lets an open stream finish when it is stopped, and meanwhile tells others to come back', async () => {
    const { child, gateway, stopping, finish, rest, outcome, end } = await startWithOpenStream('5m')
    child.kill('SIGTERM')
    await stopping
    const refused = await post(`${gateway}${CHAT}`, ask())
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(await refused.json()).toMatchObject({ error: { type: 'server_error', code: 'stopping' } })
    const asAnthropic = await post(`${gateway}/v1/messages`, ask())
    expect(asAnthropic.status).toBe(503)
    expect(await asAnthropic.json()).toMatchObject({ type: 'error', error: { code: 'stopping' } })
    finish()
    const text = await rest()
    expect(text).toContain('world')
    expect(text.endsWith(DONE)).toBe(true)
    expect(await outcome).toBe('stopped')
    expect(await end).toEqual({ code: 0, errors: '' })
  })

  it('cuts a stream off that is open for longer than the time to drain', async () => {
    const { child, rest, outcome, end } = await startWithOpenStream('50ms')
    child.kill('SIGTERM')
    const text = await rest()
    expect(text).toContain('stream_cut')
    expect(text).not.toContain(DONE)
    expect(await outcome).toBe('stopped')
    expect(await end).toEqual({ code: 0, errors: '' })
  })

  it('exits at once on a second signal, open streams or not', async () => {
    const { child, stopping, rest, end } = await startWithOpenStream('5m')
    child.kill('SIGTERM')
    await stopping
    const cut = expect(rest()).rejects.toThrow('terminated')
    child.kill('SIGTERM')
    expect((await end).code).toBe(143)
    await cut
  })
})
