import type { ServerResponse } from 'node:http'
import type { HeaderFields } from '#lib/services/ports.ts'
import { answerHead, ownHeaders } from './answer-head.ts'
import type { ApiShape } from './apis/api-shape.ts'
import { errorAnswer } from './error-answer.ts'
import type { GatewayError, GatewayErrorCode } from './errors.ts'
import type { PassedAnswer } from './final-answer.ts'
import type { GatewayWorld } from './gateway-world.ts'

/** What is told of a request's way in its headers, as far as it has come. */
export type WayFacts = {
  requestId: string
  decisionId: string | null
  providerId: string | null
  attempts: number
  /** When the last attempt began, on the clock that counts fractions. */
  attemptAt: number | null
  isReplayOff: boolean
}

type Clocks = Pick<GatewayWorld, 'clock' | 'elapsed'>

/** A body that is there; `latin1` is the same with a letter for each byte, where it has been made of it. */
type WholeBody = { body: Buffer; latin1?: string | null }

/** A longer body is not worth being copied once more. */
const ONE_PIECE_BYTES = 65_536

/** One client's answer on its way. Says when the client leaves it unread. */
export class Reply {
  /** Since when the client has not read what it was sent, fleet time; null while it reads. */
  blockedSince: number | null = null
  readonly facts: WayFacts
  private readonly response: ServerResponse
  private readonly shape: Pick<ApiShape, 'errorBody'>
  private readonly world: Clocks
  private readonly onError: (code: GatewayErrorCode) => void
  private readonly arrivedAt: number

  constructor(parts: {
    response: ServerResponse
    shape: Pick<ApiShape, 'errorBody'>
    requestId: string
    world: Clocks
    /** Told of each error of the gateway's own. */
    onError: (code: GatewayErrorCode) => void
  }) {
    this.response = parts.response
    this.shape = parts.shape
    this.world = parts.world
    this.onError = parts.onError
    this.arrivedAt = parts.world.elapsed()
    this.facts = {
      requestId: parts.requestId,
      decisionId: null,
      providerId: null,
      attempts: 0,
      attemptAt: null,
      isReplayOff: false,
    }
  }

  /** Whether status and headers have been sent: from then on nothing can be answered in their place. */
  get isStarted(): boolean {
    return this.response.headersSent
  }

  /** Begins an answer whose body comes in pieces, `length` bytes in all where that is known. */
  begin(status: number, headers: HeaderFields, length: string | null): void {
    const head = answerHead(this.headFacts(), headers)
    if (length !== null) head.push('content-length', length)
    this.response.writeHead(status, head)
  }

  /** Sends a piece; when it returns false, the client does not keep up, and `onRead` is called once it has. */
  write(chunk: Buffer, onRead: () => void): boolean {
    if (this.response.write(chunk)) return true
    if (this.blockedSince === null) {
      this.blockedSince = this.world.clock.now()
      this.response.once('drain', () => {
        this.blockedSince = null
        onRead()
      })
    }
    return false
  }

  /** Ends an answer that came in pieces, with a last one if there is one. */
  end(last: string | null = null): void {
    if (last === null) this.response.end()
    else this.response.end(last)
    this.noteUnread()
  }

  /** Sends an answer at once. */
  whole(status: number, headers: HeaderFields, body: WholeBody): void {
    this.send(status, answerHead(this.headFacts(), headers), body)
  }

  /** Sends a provider's error on; returns its status. */
  passed({ status, headers, body, extra }: PassedAnswer): number {
    this.send(status, [...answerHead(this.headFacts(), headers), ...extra], { body })
    return status
  }

  /** Sends an error of the gateway's own, with the headers in `more`; returns its status. */
  error(error: GatewayError, more: readonly string[] = []): number {
    this.onError(error.code)
    const { status, headers, body } = errorAnswer(error, this.shape)
    // What is still on its way in is not waited for.
    if (!this.response.req.complete) headers.push('connection', 'close')
    this.send(status, [...ownHeaders(this.headFacts()), ...headers, ...more], { body: Buffer.from(body) })
    return status
  }

  /** Cuts the connection: what was sent is not whole, and the client must see that. */
  breakOff(): void {
    this.response.destroy()
  }

  private send(status: number, head: string[], { body, latin1 = null }: WholeBody): void {
    head.push('content-length', String(body.length))
    this.response.writeHead(status, head)
    // As text, byte for byte, Node writes it in one piece with the head.
    if (body.length <= ONE_PIECE_BYTES) this.response.end(latin1 ?? body.toString('latin1'), 'latin1')
    else this.response.end(body)
    this.noteUnread()
  }

  /** An answer that was sent but is not taken holds memory as one that is being written does. */
  private noteUnread(): void {
    if (!this.response.writableFinished) this.blockedSince ??= this.world.clock.now()
  }

  private headFacts() {
    const { requestId, decisionId, providerId, attempts, attemptAt, isReplayOff } = this.facts
    const now = this.world.elapsed()
    return {
      requestId,
      decisionId,
      providerId,
      attempts,
      isReplayOff,
      totalMs: now - this.arrivedAt,
      upstreamMs: attemptAt === null ? null : now - attemptAt,
    }
  }
}
