import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { seededRandom } from '#demo/chance.ts'
import { type Condition, FINE_MS, RETRY_AFTER_S, SLOW_MS } from './script.ts'

/**
 * Three providers that speak OpenAI's API; the first one does what the parent says. Prints their ports; on `report`
 * it answers with when each chat came to which of them, and begins anew.
 */
export type Arrival = { provider: number; at: number }

const COUNT = 3
const TOKENS = [' The', ' train', ' is', ' on', ' time']
const head = { id: 'chatcmpl-outages', created: 1_700_000_000, model: 'gpt-4o-mini' }
const usage = { prompt_tokens: 12, completion_tokens: TOKENS.length, total_tokens: 12 + TOKENS.length }
const WHOLE = JSON.stringify({
  ...head,
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', content: TOKENS.join('') }, finish_reason: 'stop' }],
  usage,
})
const MODELS = JSON.stringify({ object: 'list', data: [{ id: 'gpt-4o-mini', object: 'model' }] })
const frame = (delta: object, finish: string | null) =>
  `data: ${JSON.stringify({
    ...head,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason: finish }],
  })}\n\n`
const FRAMES = [
  frame({ role: 'assistant', content: '' }, null),
  ...TOKENS.map((content) => frame({ content }, null)),
  `${frame({}, 'stop')}data: [DONE]\n\n`,
]

let condition: Condition = 'fine'
let arrivals: Arrival[] = []
let random = seededRandom(1)

function sendJson(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}
const sendError = (response: ServerResponse, status: number, code: string) =>
  sendJson(response, status, JSON.stringify({ error: { message: code, type: code, param: null, code } }))

async function sendGood(response: ServerResponse, isStream: boolean, waitMs: number): Promise<void> {
  await delay(waitMs)
  if (!isStream) {
    sendJson(response, 200, WHOLE)
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const text of FRAMES) {
    response.write(text)
    await delay(1)
  }
  response.end()
}

function sendBad(response: ServerResponse, isStream: boolean): void {
  if (isStream) {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(FRAMES[0])
    return
  }
  response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Maintenance</body></html>')
}

type Answer = (response: ServerResponse, isStream: boolean) => Promise<void> | void

const good: Answer = (response, isStream) => sendGood(response, isStream, FINE_MS)
const failing =
  (share: number, status: number, code: string): Answer =>
  (response, isStream) =>
    random() < share ? sendError(response, status, code) : good(response, isStream)

const CHATS: Readonly<Record<Condition, Answer>> = {
  fine: good,
  down: good,
  slow: (response, isStream) => sendGood(response, isStream, SLOW_MS),
  brown_out: failing(0.5, 500, 'server_error'),
  poison: failing(0.2, 400, 'invalid_request_error'),
  hang: () => undefined,
  rate_limited: (response) => {
    response.setHeader('retry-after', String(RETRY_AFTER_S))
    sendError(response, 429, 'rate_limit_exceeded')
  },
  bad_body: sendBad,
  stream_error: (response, isStream) => {
    if (!isStream) return good(response, isStream)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(`data: ${JSON.stringify({ error: { message: 'overloaded', type: 'server_error' } })}\n\n`)
  },
  revoked: failing(1, 401, 'invalid_api_key'),
}

function answerCheck(response: ServerResponse, now: Condition): void {
  if (now === 'hang') return
  if (now === 'revoked') sendError(response, 401, 'invalid_api_key')
  else sendJson(response, 200, MODELS)
}

function handle(provider: number, request: IncomingMessage, response: ServerResponse): void {
  const now = provider === 0 ? condition : 'fine'
  if (request.method === 'GET') return answerCheck(response, now)
  arrivals.push({ provider, at: Date.now() })
  let isStream = false
  request.on('data', (chunk: Buffer) => {
    isStream ||= chunk.includes('"stream":true')
  })
  request.once('end', () => void CHATS[now](response, isStream))
}

async function open(provider: number): Promise<Server> {
  const server = createServer((request, response) => handle(provider, request, response))
  server.on('connection', (socket: Socket) => {
    if (provider !== 0 || condition !== 'down') return
    arrivals.push({ provider, at: Date.now() })
    socket.resetAndDestroy()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

const servers = await Promise.all(Array.from({ length: COUNT }, (_, provider) => open(provider)))
const ports = servers.map((server) => (server.address() as AddressInfo).port)

function follow(next: Condition): void {
  condition = next
  random = seededRandom(1)
  if (next === 'down') servers[0]?.closeAllConnections()
}

process.on('message', (message: { condition: Condition } | 'report') => {
  if (message === 'report') {
    process.send?.(arrivals)
    arrivals = []
    return
  }
  follow(message.condition)
  process.send?.('done')
})
process.channel?.ref()
console.log(JSON.stringify(ports))
