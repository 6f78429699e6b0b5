import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { DATA_POLICY } from './content-security-policy.ts'
import { plainProblem } from './problem.ts'
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.ts'
import { securityHeaders } from './security-headers.ts'

/** What Node's parser stumbled over, as a status and in words. */
const REASONS: Partial<Record<string, [status: number, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The headers are larger than 16 KiB.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The chunks of the body say too much.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time.'],
}

/** Answers what is no request, for a server's `clientError`: with a problem, as all refusals are, and an id. */
export function answerBroken(error: NodeJS.ErrnoException, socket: Duplex & { bytesWritten?: number }): void {
  // Behind an answer, or in the middle of one, another would be taken for a part of it.
  if (!socket.writable || socket.bytesWritten !== 0) return void socket.destroy()
  const [status, detail] = REASONS[error.code ?? ''] ?? [400, 'This is no HTTP request.']
  const problem = plainProblem({ status, detail, requestId: requestIdOf(new Headers()) })
  const body = JSON.stringify(problem)
  const headers = {
    ...securityHeaders({ policy: DATA_POLICY, hstsMs: null }),
    [REQUEST_ID_HEADER]: problem.requestId,
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', body].join('\r\n'))
}
