import { createServer, type ServerResponse } from 'node:http'
import { parseArgs } from 'node:util'

/** A provider that answers a chat at once, whole or as a stream of `--tokens` with `--gap` ms between them; prints its port. */
const { values } = parseArgs({
  options: { tokens: { type: 'string', default: '8' }, gap: { type: 'string', default: '5' } },
})
const tokens = Number(values.tokens)
const gapMs = Number(values.gap)

const head = { id: 'chatcmpl-bench', created: 1_700_000_000, model: 'gpt-4o-mini' }
const usage = { prompt_tokens: 24, completion_tokens: 32, total_tokens: 56 }
const answer = JSON.stringify({
  ...head,
  object: 'chat.completion',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: 'The train for platform nine is on time today. '.repeat(4) },
      finish_reason: 'stop',
    },
  ],
  usage,
})
const models = JSON.stringify({ object: 'list', data: [{ id: 'gpt-4o-mini', object: 'model' }] })

const frame = (delta: object, finish: string | null) =>
  `data: ${JSON.stringify({
    ...head,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason: finish }],
  })}\n\n`
const ROLE = frame({ role: 'assistant', content: '' }, null)
const TOKEN = frame({ content: ' platform' }, null)
const END = `${frame({}, 'stop')}data: [DONE]\n\n`

function sendJson(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

function sendStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  response.write(ROLE)
  let sent = 0
  const timer = setInterval(() => {
    response.write(TOKEN)
    sent += 1
    if (sent < tokens) return
    clearInterval(timer)
    response.end(END)
  }, gapMs)
  response.once('close', () => clearInterval(timer))
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  if (request.method === 'GET') return sendJson(response, models)
  let isStream = false
  request.on('data', (chunk: Buffer) => {
    isStream ||= chunk.includes('"stream":true')
  })
  request.once('end', () => (isStream ? sendStream(response) : sendJson(response, answer)))
})
server.listen(0, '127.0.0.1', 4_096, () => {
  const address = server.address()
  console.log(typeof address === 'object' && address !== null ? address.port : '')
})
