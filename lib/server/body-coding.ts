import type { ServerResponse } from 'node:http'

/** Names the coding of a body on its way through Next, which leaves `Content-Encoding` out of every answer. */
export const BODY_CODING = 'x-body-coding'

/** Gives an answer the `Content-Encoding` that its handler named, when its head is written. */
export function keepBodyCoding(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse
  const writeCodedHead = (...args: unknown[]) => {
    const coding = response.getHeader(BODY_CODING)
    if (coding !== undefined) {
      response.removeHeader(BODY_CODING)
      response.setHeader('content-encoding', coding)
    }
    return writeHead(...args)
  }
  // Its overloads differ in arguments that are only passed on.
  response.writeHead = writeCodedHead
}
