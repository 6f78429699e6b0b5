import { gunzipSync, constants } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AT_ONCE_BYTES } from './live-gzip.ts'
import { createLiveClients, type LiveClients, type StreamCoding } from './live-clients.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

async function whole(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  return Buffer.from(await new Response(stream).arrayBuffer())
}

const text = fc.oneof(
  fc.string({ maxLength: 200, size: 'max' }),
  // Beyond what is compressed at once.
  fc.string({ minLength: 1 }).map((part) => part.repeat(AT_ONCE_BYTES + 1)),
)

type Step = { kind: 'join'; coding: StreamCoding; opening: string } | { kind: 'tell'; text: string }
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('join' as const),
    coding: fc.constantFrom('identity' as const, 'gzip' as const),
    opening: text,
  }),
  fc.record({ kind: fc.constant('tell' as const), text }),
)

it('tells everyone what came after they joined, in order, compressed or not, to a proper end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30, size: 'max' }), async (steps) => {
      const clients = createLiveClients((run) => setImmediate(run))
      const joined: { coding: StreamCoding; expected: string; got: Promise<Buffer> }[] = []
      for (const one of steps) {
        if (one.kind === 'join') {
          const got = whole(clients.add(bytesOf(one.opening), { coding: one.coding, mayStay: null }))
          joined.push({ coding: one.coding, expected: one.opening, got })
        } else {
          clients.broadcast(bytesOf(one.text))
          for (const client of joined) client.expected += one.text
        }
        if (steps.length % 2 === 0) await new Promise(setImmediate)
      }
      await allToldBy(clients)
      clients.close()
      for (const { coding, expected, got } of joined) {
        const bytes = await got
        const plain = coding === 'gzip' ? gunzipSync(bytes) : bytes
        expect(plain.toString()).toBe(Buffer.from(bytesOf(`${expected}\0`)).toString())
      }
    }),
    { numRuns: 60 },
  )
})

it('can be read as it comes, before the stream has ended', async () => {
  const clients = createLiveClients((run) => setImmediate(run))
  const reader = clients.add(bytesOf('hello '), { coding: 'gzip', mayStay: null }).getReader()
  const first = await reader.read()
  clients.broadcast(bytesOf('world'))
  const second = await reader.read()
  const soFar = Buffer.concat([first.value ?? new Uint8Array(), second.value ?? new Uint8Array()])
  expect(gunzipSync(soFar, { finishFlush: constants.Z_SYNC_FLUSH }).toString()).toBe('hello world')
})

/** Whatever waited for another thread or a later turn has been sent: who joins last is told last. */
async function allToldBy(clients: LiveClients): Promise<void> {
  const witness = clients.add(bytesOf('opening'), { coding: 'identity', mayStay: null }).getReader()
  await witness.read()
  clients.broadcast(new Uint8Array([0]))
  await witness.read()
  await witness.cancel()
}
