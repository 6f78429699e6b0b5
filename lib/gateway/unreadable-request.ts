import type { Duplex } from 'node:stream'
import { openaiErrorBody } from './apis/openai-error.ts'
import { gatewayError, GATEWAY_ERRORS, type GatewayError } from './errors.ts'

/** Answers what is not HTTP, is too large in its headers, or does not get beyond them; nothing can be known of its API. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const answer = errorFor(error.code)
  const body = openaiErrorBody(answer)
  const { status } = GATEWAY_ERRORS[answer.code]
  const head = [
    `HTTP/1.1 ${status} ${REASONS[status] ?? 'Error'}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
}

function errorFor(code: string | undefined): GatewayError {
  if (code === 'HPE_HEADER_OVERFLOW')
    return gatewayError('headers_too_large', 'The request headers are too large.')
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return gatewayError('upload_timeout', 'The request headers did not arrive in time.')
  return gatewayError('malformed_request', 'This is not an HTTP request.')
}
