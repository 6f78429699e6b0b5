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
