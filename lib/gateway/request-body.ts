import type { IncomingMessage } from 'node:http'
import { gatewayError, type GatewayError } from './errors.ts'
import { JsonScan } from './json-scan.ts'
import type { GatewayLimits } from './limits.ts'
import { ReadBody } from './read-body.ts'

const NO_CHUNKS: Buffer[] = []

type BodyParts = { limits: GatewayLimits; startedAt: number; now: () => number }
type Done = (result: ReadBody | GatewayError) => void

/**
 * Takes in a request's body, up to what is kept of it for a second try, and hands it on when it is there: whole, or
 * too large to be whole but with its model found. Its white-box clock is the sweep's.
 */
export class RequestBody {
  private readonly request: IncomingMessage
  private readonly limits: GatewayLimits
  private readonly done: Done
  private readonly scan = new JsonScan()
  private readonly startedAt: number
  private readonly now: () => number
  private chunks: Buffer[] = NO_CHUNKS
  private bytes = 0
  private lastByteAt: number
  private isOver = false

  constructor(request: IncomingMessage, parts: BodyParts, done: Done) {
    this.request = request
    this.limits = parts.limits
    this.now = parts.now
    this.done = done
    this.startedAt = parts.startedAt
    this.lastByteAt = parts.startedAt
    request.on('data', this.onData)
    request.on('end', this.onEnd)
  }

  /** Gives up on a body that stands still or takes too long. */
  sweep(now: number): void {
    const { uploadStallMs, uploadMs } = this.limits
    if (now - this.lastByteAt >= uploadStallMs)
      this.finish(gatewayError('upload_timeout', `The body stood still for ${uploadStallMs / 1_000} s.`))
    else if (now - this.startedAt >= uploadMs)
      this.finish(gatewayError('upload_timeout', `The body was not there after ${uploadMs / 1_000} s.`))
  }

  private readonly onData = (chunk: Buffer): void => {
    this.lastByteAt = this.now()
    // Most bodies come in one piece, and a list of one is smaller than one that has begun to grow.
    if (this.bytes === 0) this.chunks = [chunk]
    else this.chunks.push(chunk)
    this.bytes += chunk.length
    this.scan.push(chunk)
    if (this.scan.isBroken) return this.finish(notJson())
    if (this.bytes <= this.limits.replayBytes) return
    if (this.scan.spans.model !== undefined) this.handOver(false)
    else if (this.bytes > this.limits.searchBytes) {
      const megabytes = Math.round(this.limits.searchBytes / 1_048_576)
      this.finish(gatewayError('body_too_large', `No "model" within the first ${megabytes} MB of the body.`))
    }
  }

  private readonly onEnd = (): void => {
    if (this.isOver) return
    if (!this.scan.isWhole) this.finish(notJson())
    else this.handOver(true)
  }

  private handOver(isWhole: boolean): void {
    const [first] = this.chunks
    const bytes = this.chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.chunks)
    if (isWhole && bytes.length <= this.limits.holdBytes && !isJson(bytes)) return this.finish(notJson())
    const { spans, duplicate } = this.scan
    if (duplicate !== null) {
      const code = duplicate === 'model' ? 'invalid_model' : 'invalid_field'
      return this.finish(gatewayError(code, `The body names "${duplicate}" twice.`))
    }
    this.finish(new ReadBody({ bytes, spans, rest: isWhole ? null : this.request }))
  }

  private finish(result: ReadBody | GatewayError): void {
    if (this.isOver) return
    this.isOver = true
    this.chunks = NO_CHUNKS
    const isRead = result instanceof ReadBody && result.isWhole
    // Of what was read to its end nothing more will come.
    if (!isRead) this.stopReading()
    this.done(result)
  }

  private stopReading(): void {
    this.request.off('data', this.onData)
    this.request.off('end', this.onEnd)
    if (!this.request.complete) this.request.pause()
  }
}

const notJson = () => gatewayError('invalid_json', 'The body is not a JSON object.')

/** Read a letter for each byte, which is cheaper and tells the same: JSON's own letters are ASCII. */
function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString('latin1'))
    return true
  } catch {
    return false
  }
}
