import { AppError } from '#lib/domain/errors.ts'

/** The most a request may carry. */
export const BODY_LIMIT_BYTES = 1_048_576

const tooLarge = () => new AppError('too_large', `The body is larger than ${BODY_LIMIT_BYTES} bytes.`)

/** A request's body as text; rejects with `too_large` as soon as it is more than the limit, and reads no further. */
export async function readBody(request: Request): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > BODY_LIMIT_BYTES) throw tooLarge()
  if (request.body === null) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body) {
    size += chunk.byteLength
    if (size > BODY_LIMIT_BYTES) throw tooLarge()
    chunks.push(chunk)
  }
  return decode(Buffer.concat(chunks))
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new AppError('malformed', 'The body is not UTF-8.', { cause })
  }
}

/** Written out, the name of a member: within a string its quotes would be escaped. */
const PROTO_MEMBER = /"__proto__"\s*:/

/** The JSON value a body holds; undefined when the body is empty, `malformed` when it is no JSON. */
export function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined
  const value = parsed(text)
  if (PROTO_MEMBER.test(text)) throw protoMember()
  return value
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('malformed', `The body is not JSON: ${(cause as Error).message}`, { cause })
  }
}

/** Schemas leave such a member out without a word, and nothing that was sent shall be lost so. */
const protoMember = () =>
  new AppError('invalid_input', 'The body is not right: __proto__: there is no such field.', {
    fields: [{ path: '__proto__', message: 'there is no such field' }],
  })
