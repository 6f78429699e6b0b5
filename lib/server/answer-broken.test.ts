import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { problemSchema } from '#lib/contract/monitor.ts'
import { answerBroken } from './answer-broken.ts'

let server: Server

beforeEach(async () => {
  server = createServer((_request, response) => response.end('served'))
  server.on('clientError', answerBroken)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(() => {
  server.close()
  server.closeAllConnections()
})

async function send(bytes: string): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.write(bytes)
  return text(socket)
}

describe('what is no request', () => {
  it.each([
    ['words', 'GARBAGE\r\n\r\n', 400],
    ['headers without end', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ])('is answered with a problem and an id: %s', async (_what, bytes, status) => {
    const [head = '', body = ''] = (await send(bytes)).split('\r\n\r\n')
    const problem = problemSchema.parse(JSON.parse(body))
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(head).toContain(`x-request-id: ${problem.requestId}`)
    expect(head).toContain("default-src 'none'")
    expect(problem).toMatchObject({ status })
  })

  it('is not answered where it would be taken for a part of the answer before', async () => {
    const answers = await send('GET / HTTP/1.1\r\nhost: a\r\n\r\nGARBAGE\r\n\r\n')
    expect(answers).not.toContain('problem')
  })
})
