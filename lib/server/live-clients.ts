/** Bytes that may wait for one client; one that reads slower than that is let go, and resumes when it can. */
const CLIENT_BUFFER_BYTES = 8 * 1_048_576
/** How many clients are written to before the loop may do other things. */
const CLIENTS_A_SLICE = 4

/** Everyone who listens to the stream. */
export type LiveClients = {
  /** A new client's stream; `opening` is sent to it first and alone. */
  add: (opening: Uint8Array) => ReadableStream<Uint8Array>
  /** Sends the same bytes to every present client, a few at a time, in the order of the calls. */
  broadcast: (bytes: Uint8Array) => void
  count: () => number
  /** Ends every stream. */
  close: () => void
}

type Client = { controller: ReadableStreamDefaultController<Uint8Array>; joinedAt: number }

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

  const send = (client: Client, bytes: Uint8Array) => {
    const room = client.controller.desiredSize
    if (room === null || room <= 0) drop(client)
    else client.controller.enqueue(bytes)
  }

  const sendSlice = (targets: Client[], bytes: Uint8Array) => {
    for (const client of targets.splice(0, CLIENTS_A_SLICE)) if (clients.has(client)) send(client, bytes)
    if (targets.length > 0) soon(() => sendSlice(targets, bytes))
    else sendNext()
  }

  const sendNext = () => {
    const next = queue.shift()
    isSending = next !== undefined
    if (next === undefined) return
    // Whoever joined after the bytes were made has been told of them in its opening.
    const targets = [...clients].filter((client) => client.joinedAt < next.number)
    sendSlice(targets, next.bytes)
  }

  return {
    add: (opening) => {
      let self: Client | null = null
      return new ReadableStream<Uint8Array>(
        {
          start: (controller) => {
            self = { controller, joinedAt: broadcasts }
            clients.add(self)
            controller.enqueue(opening)
          },
          cancel: () => {
            if (self !== null) clients.delete(self)
          },
        },
        new ByteLengthQueuingStrategy({ highWaterMark: CLIENT_BUFFER_BYTES + opening.byteLength }),
      )
    },
    broadcast: (bytes) => {
      broadcasts += 1
      if (clients.size === 0) return
      queue.push({ bytes, number: broadcasts })
      if (!isSending) sendNext()
    },
    count: () => clients.size,
    close: () => {
      for (const client of clients) client.controller.close()
      clients.clear()
    },
  }
}
