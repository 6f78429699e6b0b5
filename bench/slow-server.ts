import { createServer } from 'node:http'

/** Answers every request with a small model list after `delayMs`; prints its port and serves until its input ends. */
const delayMs = Number(process.argv[2] ?? 50)
const body = JSON.stringify({ object: 'list', data: [{ id: 'bench-model', object: 'model' }] })

const server = createServer({ keepAliveTimeout: 60_000 }, (_request, response) => {
  setTimeout(() => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
    response.end(body)
  }, delayMs)
})
server.listen(0, '127.0.0.1', 4_096, () => {
  const address = server.address()
  console.log(typeof address === 'object' && address !== null ? address.port : '')
})
process.stdin.resume().on('end', () => process.exit(0))
