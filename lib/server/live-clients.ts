import { gzipBegin, gzipEnd, gzipPiece, type GzipPiece, type GzipTail, tailAfter } from './live-gzip.ts'

/** Bytes that may wait for one client; one that reads slower than that is let go, and resumes when it can. */
const CLIENT_BUFFER_BYTES = 8 * 1_048_576
/** How many clients are written to before the loop may do other things. */
const CLIENTS_A_SLICE = 4

/** How a client's bytes are coded. */
export type StreamCoding = 'identity' | 'gzip'

/** How a client is sent the stream, and whether it may go on listening: null where nobody asks. */
export type Listener = { coding: StreamCoding; mayStay: (() => Promise<boolean>) | null }

/** Everyone who listens to the stream. */
export type LiveClients = {
  /** A new client's stream; `opening` is sent to it first and alone. */
  add: (opening: Uint8Array, listener: Listener) => ReadableStream<Uint8Array>
  /** Sends the same bytes to every present client, a few at a time, in the order of the calls. */
  broadcast: (bytes: Uint8Array) => void
  /** Asks of each client whether it may stay, and ends the streams of those that may not. */
  review: () => void
  count: () => number
  /** Ends every stream. */
  close: () => void
}

type Client = {
  controller: ReadableStreamDefaultController<Uint8Array>
  joinedAt: number
  /** Set where the client's bytes are compressed. */
  tail: GzipTail | null
  mayStay: Listener['mayStay']
}

/** The same for everyone, as it is and compressed; null where nobody wants that, or where it failed. */
type Message = { bytes: Uint8Array; piece: GzipPiece | null }

/** The clients of one stream; `soon` runs a function in a later turn of the event loop. */
export function createLiveClients(soon: (run: () => void) => void): LiveClients {
  const clients = new Set<Client>()
  const queue: { bytes: Uint8Array; number: number }[] = []
  let broadcasts = 0
  let isSending = false

  const drop = (client: Client) => {
    if (!clients.delete(client)) return
    // An abort is what Next takes for a connection's ordinary end; any other error it logs as ours.
    client.controller.error(new DOMException('The client reads too slowly.', 'AbortError'))
  }

  const end = (client: Client) => {
    if (!clients.delete(client)) return
    if (client.tail !== null) client.controller.enqueue(gzipEnd(client.tail))
    client.controller.close()
  }

  const send = (client: Client, { bytes, piece }: Message) => {
    const room = client.controller.desiredSize
    if (room === null || room <= 0) drop(client)
    else if (client.tail === null) client.controller.enqueue(bytes)
    else if (piece === null) drop(client)
    else {
      client.tail = tailAfter(client.tail, piece)
      client.controller.enqueue(piece.bytes)
    }
  }

  const sendSlice = (targets: Client[], message: Message) => {
    for (const client of targets.splice(0, CLIENTS_A_SLICE)) if (clients.has(client)) send(client, message)
    if (targets.length > 0) soon(() => sendSlice(targets, message))
    else sendNext()
  }

  const sendNext = () => {
    const next = queue.shift()
    isSending = next !== undefined
    if (next === undefined) return
    const { bytes, number } = next
    // Whoever joined after the bytes were made has been told of them in its opening.
    const targets = [...clients].filter((client) => client.joinedAt < number)
    const piece = targets.some(({ tail }) => tail !== null) ? gzipPiece(bytes) : null
    const sendAll = (piece: GzipPiece | null) => sendSlice(targets, { bytes, piece })
    if (piece instanceof Promise) piece.then(sendAll, () => sendAll(null))
    else sendAll(piece)
  }

  return {
    add: (opening, { coding, mayStay }) => {
      let self: Client | null = null
      const begin = coding === 'gzip' ? gzipBegin(opening) : { bytes: opening, tail: null }
      return new ReadableStream<Uint8Array>(
        {
          start: (controller) => {
            self = { controller, joinedAt: broadcasts, tail: begin.tail, mayStay }
            clients.add(self)
            controller.enqueue(begin.bytes)
          },
          cancel: () => {
            if (self !== null) clients.delete(self)
          },
        },
        new ByteLengthQueuingStrategy({ highWaterMark: CLIENT_BUFFER_BYTES + begin.bytes.byteLength }),
      )
    },
    broadcast: (bytes) => {
      broadcasts += 1
      if (clients.size === 0) return
      queue.push({ bytes, number: broadcasts })
      if (!isSending) sendNext()
    },
    review: () => {
      for (const client of clients) {
        client.mayStay?.().then(
          (stays) => {
            if (!stays) end(client)
          },
          // It could not be told: that is our own trouble, and it is asked again at the next heartbeat.
          () => undefined,
        )
      }
    },
    count: () => clients.size,
    close: () => {
      for (const client of clients) end(client)
    },
  }
}
