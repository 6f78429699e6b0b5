import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createReplyReader, type Reply } from './reply-reader.ts'

const sized = (status: number, body: string) =>
  `HTTP/1.1 ${status} Some words\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
const chunked = (status: number, pieces: readonly string[]) =>
  [
    `HTTP/1.1 ${status} OK\r\ntransfer-encoding: chunked\r\n\r\n`,
    ...pieces.map((piece) => `${Buffer.byteLength(piece).toString(16)}\r\n${piece}\r\n`),
    '0\r\n\r\n',
  ].join('')

function readAll(pieces: readonly Buffer[]) {
  const replies: Reply[] = []
  let body = ''
  const read = createReplyReader({
    onReply: (reply) => replies.push(reply),
    onBody: (piece) => {
      body += piece.toString()
    },
  })
  for (const piece of pieces) read(piece)
  return { statuses: replies.map(({ status }) => status), body }
}

const status = fc.constantFrom(200, 429, 503)
const text = fc.string({ unit: fc.constantFrom('a', '0', '\r', '\n', '{', ' ', 'é'), maxLength: 40 })
/** A whole reply; a chunk is never empty, since that is how the last one is written. */
const wire = fc.oneof(
  fc.tuple(status, text).map(([of, body]) => sized(of, body)),
  fc
    .tuple(
      status,
      fc.array(fc.string({ unit: fc.constantFrom('a', '0', '{'), minLength: 1 }), { maxLength: 4 }),
    )
    .map(([of, pieces]) => chunked(of, pieces)),
)
const statusOf = (wire: string) => Number(wire.slice(9, 12))

describe('createReplyReader', () => {
  // Killed: a tail of six bytes; an unread head thrown away; a body complete at one byte more; the tail not emptied after a reply.
  it('finds each reply of a connection, however the bytes come in pieces', () => {
    fc.assert(
      fc.property(
        fc.array(wire, { minLength: 1, maxLength: 4 }),
        fc.infiniteStream(fc.nat(60)),
        (wires, cuts) => {
          const inPieces = (text: string) => {
            const bytes = Buffer.from(text)
            const pieces: Buffer[] = []
            for (let at = 0; at < bytes.length; at += pieces.at(-1)?.length ?? 0)
              pieces.push(bytes.subarray(at, at + 1 + (cuts.next().value as number)))
            return pieces
          }
          expect(readAll(wires.flatMap(inPieces)).statuses).toEqual(wires.map(statusOf))
        },
      ),
    )
  })

  it('reads one reply after another', () => {
    const wires = [sized(200, 'one'), chunked(503, ['two']), sized(200, '')]
    expect(readAll(wires.map((wire) => Buffer.from(wire))).statuses).toEqual([200, 503, 200])
  })

  it('hands on the body as it comes, and no part of the head', () => {
    expect(readAll([Buffer.from(sized(200, 'the body'))]).body).toBe('the body')
  })
})
