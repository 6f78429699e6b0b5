import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { BODY_CODING, keepBodyCoding } from './body-coding.ts'

async function answerOf(listener: RequestListener): Promise<Response> {
  const server = createServer((request, response) => {
    keepBodyCoding(response)
    listener(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  server.close()
  return response
}

it('gives an answer the coding its handler named, however its head is written', async () => {
  const listeners: RequestListener[] = [
    (_, response) => response.setHeader(BODY_CODING, 'gzip').end(gzipSync('hello')),
    (_, response) =>
      response
        .setHeader(BODY_CODING, 'gzip')
        .writeHead(200, 'Fine', { 'x-other': 'too' })
        .end(gzipSync('hello')),
  ]
  for (const listener of listeners) {
    const response = await answerOf(listener)
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(response.headers.get(BODY_CODING)).toBeNull()
    expect(await response.text()).toBe('hello')
  }
})

it('leaves every other answer alone', async () => {
  const response = await answerOf((_, answer) => answer.writeHead(201, { 'x-other': 'too' }).end('hello'))
  expect([
    response.status,
    response.headers.get('x-other'),
    response.headers.get('content-encoding'),
  ]).toEqual([201, 'too', null])
})
