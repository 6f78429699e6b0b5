import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { problemSchema } from '#lib/contract/monitor.ts'
import { askInLines } from './lines.ts'

const schema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), done: z.int() }),
  z.object({ type: z.literal('answer'), words: z.string() }),
  z.object({ type: z.literal('problem'), problem: problemSchema }),
])

const problem = {
  type: 'about:blank',
  title: 'Unavailable',
  status: 503,
  detail: 'Two replays are running already.',
  requestId: 'r-1',
}

const closers: (() => void)[] = []
afterEach(() => closers.splice(0).forEach((close) => close()))

/** A server that answers as told; what it was asked is in `asked`. */
async function serve(answer: (response: ServerResponse) => void) {
  const asked: { body: string; accept: string | undefined }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      asked.push({ body, accept: request.headers.accept })
      answer(response)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked }
}

const ask = (url: string, signal = new AbortController().signal) => {
  const lines: unknown[] = []
  const answer = askInLines(url, { body: { a: 1 }, schema, signal }, (line) => lines.push(line))
  return { lines, answer }
}

describe('askInLines', () => {
  it('hands on each line as it comes and resolves with the last, however the bytes are cut', async () => {
    const { url, asked } = await serve((response) => {
      const bytes = Buffer.from('{"type":"progress","done":1}\n\n{"type":"answer","words":"geöffnet"}\n')
      // In the middle of a line, and in the middle of a letter.
      const cut = bytes.indexOf(0xc3) + 1
      response.write(bytes.subarray(0, 9))
      setImmediate(() => {
        response.write(bytes.subarray(9, cut))
        setImmediate(() => response.end(bytes.subarray(cut)))
      })
    })
    const { lines, answer } = ask(url)
    expect(await answer).toEqual({ type: 'answer', words: 'geöffnet' })
    expect(lines).toEqual([{ type: 'progress', done: 1 }, await answer])
    expect(asked).toEqual([{ body: '{"a":1}', accept: 'application/x-ndjson' }])
  })

  it('takes a last line without an end of line, and none at all for null', async () => {
    const { url } = await serve((response) => response.end('{"type":"answer","words":"all"}'))
    expect(await ask(url).answer).toMatchObject({ words: 'all' })
    const silent = await serve((response) => response.end())
    expect(await ask(silent.url).answer).toBeNull()
  })

  it('rejects with the server’s words where a line tells a problem', async () => {
    const { url } = await serve((response) =>
      response.end(`{"type":"progress","done":1}\n${JSON.stringify({ type: 'problem', problem })}\n`),
    )
    await expect(ask(url).answer).rejects.toMatchObject({
      failure: 'refused',
      message: problem.detail,
      problem: { requestId: 'r-1' },
    })
  })

  it('rejects with the refusal of an answer that is none in lines', async () => {
    const { url } = await serve((response) => {
      response.writeHead(503, { 'content-type': 'application/problem+json' })
      response.end(JSON.stringify(problem))
    })
    await expect(ask(url).answer).rejects.toMatchObject({ failure: 'refused', status: 503 })
  })

  it.each(['nonsense', '{"type":"other"}'])('rejects a line that it does not know: %s', async (text) => {
    const { url } = await serve((response) => response.end(`${text}\n`))
    await expect(ask(url).answer).rejects.toMatchObject({ failure: 'unreadable' })
  })

  it('says that the server is away when it cannot be reached or hangs up in the middle', async () => {
    await expect(ask('http://127.0.0.1:1/').answer).rejects.toMatchObject({ failure: 'unreachable' })
    const { url } = await serve((response) => {
      response.write('{"type":"progress","done":1}\n', () => response.destroy())
    })
    await expect(ask(url).answer).rejects.toMatchObject({ failure: 'unreachable' })
  })

  it('hangs up when it is aborted, so that the server can stop', async () => {
    const { promise: hungUp, resolve } = Promise.withResolvers<undefined>()
    const { promise: begun, resolve: begin } = Promise.withResolvers<undefined>()
    const { url } = await serve((response) => {
      response.on('close', () => resolve(undefined))
      response.write('{"type":"progress","done":1}\n', () => begin(undefined))
    })
    const controller = new AbortController()
    const { answer } = ask(url, controller.signal)
    await begun
    controller.abort()
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' })
    await hungUp
  })
})
