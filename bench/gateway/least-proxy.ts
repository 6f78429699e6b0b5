import { createServer } from 'node:http'
import { type Dispatcher, Pool } from 'undici'

/**
 * The least that `node:http` and undici cost a request: bodies taken whole, one write each way, no stream and no promise
 * between, nothing looked at, no failure thought of. What a gateway on these two could come to. Prints its port.
 */
const pool = new Pool(`http://127.0.0.1:${process.argv[2] ?? ''}`, { connections: 2_048, pipelining: 1 })

const whole = (chunks: readonly Buffer[]): Buffer => {
  const [first] = chunks
  return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks)
}

const server = createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
  const asked: Buffer[] = []
  request.on('data', (chunk: Buffer) => asked.push(chunk))
  request.on('end', () => {
    const body = whole(asked)
    const answered: Buffer[] = []
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: () => undefined,
      onResponseStart: (_call, status, headers) => void response.writeHead(status, headers),
      onResponseData: (_call, chunk) => void answered.push(chunk),
      // As text, byte for byte, Node writes it in one piece with the head.
      onResponseEnd: () => void response.end(whole(answered).toString('latin1'), 'latin1'),
      onResponseError: () => void response.destroy(),
    }
    const headers = [
      ...['content-type', 'application/json', 'content-length', String(body.length)],
      ...['authorization', request.headers.authorization ?? ''],
    ]
    pool.dispatch({ method: 'POST', path: request.url ?? '/', headers, body }, handler)
  })
})
server.listen(0, '127.0.0.1', 4_096, () => {
  const address = server.address()
  console.log(typeof address === 'object' && address !== null ? address.port : '')
})
