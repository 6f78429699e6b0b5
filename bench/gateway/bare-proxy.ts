import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Pool } from 'undici'

/** What any proxy in Node must at least do: `node:http` in front, an undici pool behind, bodies piped. Prints its port. */
const pool = new Pool(`http://127.0.0.1:${process.argv[2] ?? ''}`, { connections: 2_048, pipelining: 1 })

async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { 'content-type': type = '', 'content-length': length = '', authorization = '' } = request.headers
  const answer = await pool.request({
    method: 'POST',
    path: request.url ?? '/',
    headers: { 'content-type': type, 'content-length': length, authorization },
    body: request,
  })
  response.writeHead(answer.statusCode, answer.headers)
  response.once('close', () => answer.body.destroy())
  answer.body.pipe(response)
}

// Idle connections are kept for longer than the bench leaves one alone, as the others keep them.
const server = createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
  forward(request, response).catch(() => {
    if (response.headersSent) response.destroy()
    else response.writeHead(502).end()
  })
})
server.listen(0, '127.0.0.1', 4_096, () => {
  const address = server.address()
  console.log(typeof address === 'object' && address !== null ? address.port : '')
})
