import { createConnection } from 'node:net'
import { createReplyReader, type Reply } from './reply-reader.ts'

/** What a connection that broke before its reply was whole makes of it. */
const BROKEN: Reply = { status: 0, bytes: 0 }

/** A kept-alive connection that carries one exchange at a time. */
export type Connection = {
  exchange: (
    request: Buffer,
    on: { reply: (reply: Reply) => void; body?: ((piece: Buffer) => void) | undefined },
  ) => void
  isOpen: () => boolean
  close: () => void
}

/** Opens a connection to a port of this machine; an exchange on one that breaks ends with status 0. */
export function connectTo(port: number): Connection {
  const socket = createConnection({ host: '127.0.0.1', port, noDelay: true })
  let waiting: Parameters<Connection['exchange']>[1] | null = null
  let open = true
  const settle = (reply: Reply) => {
    const done = waiting
    waiting = null
    done?.reply(reply)
  }
  const read = createReplyReader({ onReply: settle, onBody: (piece) => waiting?.body?.(piece) })
  socket.on('data', read)
  socket.on('error', () => undefined)
  socket.on('close', () => {
    open = false
    settle(BROKEN)
  })
  return {
    exchange: (request, on) => {
      waiting = on
      if (open) socket.write(request)
      else settle(BROKEN)
    },
    isOpen: () => open,
    close: () => socket.destroy(),
  }
}

/** The bytes of a chat request. */
export function chatRequest(
  port: number,
  { headers = {}, body }: { headers?: Readonly<Record<string, string>> | undefined; body: object },
): Buffer {
  const text = JSON.stringify(body)
  const lines = Object.entries({
    host: `127.0.0.1:${port}`,
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(text)),
    authorization: 'Bearer bench',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`POST /v1/chat/completions HTTP/1.1\r\n${lines.join('')}\r\n${text}`)
}
