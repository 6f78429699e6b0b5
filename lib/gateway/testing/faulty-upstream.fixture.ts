import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A request as the upstream heard it. */
export type Heard = { path: string; headers: IncomingHttpHeaders; body: string }

/** What the upstream does with a request once it has heard it. */
export type Behaviour = (response: ServerResponse, request: IncomingMessage) => void

/** An upstream on loopback whose faults the test chooses; it ends with the test. */
export type FaultyUpstream = {
  url: string
  heard: Heard[]
  /** What it does from now on; several: one after another, the last for ever. */
  does: (...behaviours: Behaviour[]) => void
  /** Resolves when it has heard so many requests in all. */
  hears: (count: number) => Promise<void>
  /** Resolves when a connection of its is closed from outside. */
  isHungUp: () => Promise<void>
  /** Answers under way. */
  open: () => number
  /** Takes no more connections: the next one is refused. */
  refuse: () => Promise<void>
}

/** Starts one. `early`: it answers before it has heard the body. */
export async function startFaultyUpstream({
  early = false,
}: { early?: boolean } = {}): Promise<FaultyUpstream> {
  const heard: Heard[] = []
  const sockets = new Set<Socket>()
  let queue: Behaviour[] = []
  const waiting: (() => void)[] = []
  const hangUps: (() => void)[] = []
  let open = 0

  const next = (): Behaviour => {
    const [first, ...rest] = queue
    if (rest.length > 0) queue = rest
    return first ?? says('no behaviour was chosen')
  }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    open += 1
    response.on('error', () => undefined)
    response.once('close', () => {
      open -= 1
      if (response.writableFinished) return
      for (const told of hangUps.splice(0)) told()
    })
    request.on('error', () => undefined)
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    const answer = () => {
      const body = Buffer.concat(chunks).toString()
      heard.push({ path: request.url ?? '', headers: request.headers, body })
      for (const told of waiting.splice(0)) told()
      next()(response, request)
    }
    if (early) answer()
    else request.on('end', answer)
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  const stop = async () => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
  onTestFinished(stop)

  return {
    url: `http://127.0.0.1:${port}/v1`,
    heard,
    does: (...behaviours) => {
      queue = behaviours
    },
    hears: async (count) => {
      while (heard.length < count) await new Promise<void>((resolve) => waiting.push(resolve))
    },
    isHungUp: () => new Promise((resolve) => hangUps.push(resolve)),
    open: () => open,
    refuse: stop,
  }
}

/** A chat completion that says this. */
export const completionOf = (content: string) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-4o',
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
})

/** Answers with this body and these headers. */
export const answers =
  (status: number, body: unknown, headers: Record<string, string> = {}): Behaviour =>
  (response) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text)
  }

/** Answers a chat completion. */
export const says = (content: string): Behaviour => answers(200, completionOf(content))

/** One event of a chat stream. */
export const chunkOf = (delta: object, finish: string | null = null): string =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'gpt-4o', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`

export const ROLE = chunkOf({ role: 'assistant', content: '' })
export const KEEP_ALIVE = ': keep-alive\n\n'
export const DONE = 'data: [DONE]\n\n'
export const token = (content: string) => chunkOf({ content })
export const FINISH = chunkOf({}, 'stop')

/** Begins a stream and hands over its response. */
export const streams =
  (then: (response: ServerResponse) => void): Behaviour =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.flushHeaders()
    then(response)
  }

/** Streams these pieces, each on its own, and ends. */
export const streamsAll = (...pieces: string[]): Behaviour =>
  streams((response) => {
    for (const piece of pieces) response.write(piece)
    response.end()
  })

/** A whole chat stream that says this. */
export const streamSays = (...words: string[]): Behaviour =>
  streamsAll(ROLE, ...words.map(token), FINISH, DONE)

/** Hangs: the request is heard and never answered. */
export const hangs: Behaviour = () => undefined

/** Resets the connection. */
export const resets: Behaviour = (response) => void response.socket?.resetAndDestroy()
