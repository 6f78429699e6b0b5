import { once } from 'node:events'
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { sendWebResponse } from './web-exchange.ts'

it('leaves no listener behind, however often its client does not keep up', async () => {
  const pieces = 64
  const listeners: number[] = []
  const server = createServer((incoming, outgoing: ServerResponse) => {
    let left = pieces
    const body = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          listeners.push(outgoing.listenerCount('close'))
          left -= 1
          if (left < 0) controller.close()
          else controller.enqueue(new Uint8Array(262_144))
        },
      },
      { highWaterMark: 0 },
    )
    void sendWebResponse(incoming, outgoing, new Response(body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const [response] = (await once(get({ port: (server.address() as AddressInfo).port }), 'response')) as [
    IncomingMessage,
  ]
  let bytes = 0
  for await (const chunk of response) bytes += (chunk as Buffer).length
  server.close()
  expect(bytes).toBe(pieces * 262_144)
  expect(Math.max(...listeners)).toBeLessThan(8)
})

it('ends what makes an answer for a client that had gone before there was one', async () => {
  const { promise: ended, resolve: end } = Promise.withResolvers<string>()
  const server = createServer((incoming, outgoing) => {
    outgoing.once('close', () => {
      const body = new ReadableStream({ cancel: () => end('cancelled') })
      sendWebResponse(incoming, outgoing, new Response(body)).then(() => end('sent'), end)
    })
    request.destroy()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const request = get({ port: (server.address() as AddressInfo).port }).on('error', () => undefined)
  expect(await ended).toBe('cancelled')
  server.close()
})
