import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync, constants, gunzipSync, inflateSync } from 'node:zlib'

/** What an answer begins with. */
export type AnswerHead = {
  method: string
  url: string
  status: number
  headers: Readonly<Record<string, unknown>>
}

/** An answer as its client reads it. */
export type Answer = AnswerHead & { body: Buffer }

/** What a console has answered so far, by `record-answers.ts`. */
export const recordedAnswers = (folder: string): Answer[] =>
  readdirSync(folder).flatMap((name) => {
    const bytes = readFileSync(join(folder, name))
    // A console that was killed before it wrote the head has not answered.
    if (bytes.length === 0) return []
    const end = bytes.indexOf('\n')
    const head = JSON.parse(bytes.toString('utf8', 0, end)) as AnswerHead
    return [{ ...head, body: decoded(bytes.subarray(end + 1), head.headers['content-encoding']) }]
  })

/** A stream that was cut off is decoded as far as it goes. */
const CUT_OFF = { finishFlush: constants.Z_SYNC_FLUSH }

function decoded(bytes: Buffer, encoding: unknown): Buffer {
  if (bytes.length === 0) return bytes
  if (encoding === 'gzip') return gunzipSync(bytes, CUT_OFF)
  if (encoding === 'deflate') return inflateSync(bytes, CUT_OFF)
  if (encoding === 'br') return brotliDecompressSync(bytes, { finishFlush: constants.BROTLI_OPERATION_FLUSH })
  if (encoding === undefined || encoding === 'identity') return bytes
  throw new Error(`An answer is encoded as ${JSON.stringify(encoding)}, which hides what is in it.`)
}
