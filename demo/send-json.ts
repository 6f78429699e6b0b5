import type { ServerResponse } from 'node:http'

/** Ends the response with a JSON body; with status 200 unless told. */
export function sendJson(
  response: ServerResponse,
  answer: { status?: number; body: unknown; headers?: Record<string, string> },
): void {
  const text = JSON.stringify(answer.body)
  response.writeHead(answer.status ?? 200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...answer.headers,
  })
  response.end(text)
}
