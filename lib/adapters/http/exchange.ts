import type { Socket } from 'node:net'
import type { Dispatcher } from 'undici'
import { type Dialer, tooLate } from './connector.ts'
import { CallError, failed, type Failure, failureOf, type Stage } from './failure.ts'
import { spanWords } from './words.ts'

/** Measured spans of one check in ms, summed over its hops; null while nothing was measured. */
export type Spans = {
  dnsMs: number | null
  connectMs: number | null
  tlsMs: number | null
  firstByteMs: number | null
}

/** What one request may take. `overflow` says what a body over `bodyBytes` is: a failure, or enough. */
export type ExchangeLimits = {
  connectMs: number
  firstByteMs: number
  /** What is left of the whole check's time. */
  remainingMs: number
  /** The whole check's time-out, for the message. */
  timeoutMs: number
  bodyBytes: number
  overflow: 'fail' | 'enough'
}

/** How one request ended. With a `failure`, `status` tells whether an answer had begun. */
export type Exchanged = {
  status: number | null
  headers: Readonly<Record<string, string | string[] | undefined>>
  body: Buffer
  failure: Failure | null
  /** Whether it went over a connection that an earlier request had opened. */
  reused: boolean
}

type Controller = Dispatcher.DispatchController

const NO_HEADERS: Exchanged['headers'] = {}
const NO_BODY = Buffer.alloc(0)

/**
 * One request and its answer, as the handler that undici talks to: measures the phases, ends it at each time-out,
 * keeps the body up to its limit, and settles exactly once. Handlers are used in place of undici's `request` because
 * no stream is built, and because the moments of sending and of the first byte are seen here.
 */
export class Exchange implements Dispatcher.DispatchHandler, Dialer {
  readonly connectMs: number
  private readonly limits: ExchangeLimits
  private readonly spans: Spans
  private readonly now: () => number
  private readonly settle: (exchanged: Exchanged) => void
  private stage: Stage = 'request'
  private readonly beganAt: number
  private stageAt: number
  private reused = true
  private settled = false
  private controller: Controller | null = null
  private dialing: Socket | null = null
  private timer: NodeJS.Timeout
  private status: number | null = null
  private headers: Exchanged['headers'] = NO_HEADERS
  private chunks: Buffer[] = []
  private bytes = 0

  constructor(parts: {
    limits: ExchangeLimits
    spans: Spans
    now: () => number
    settle: (exchanged: Exchanged) => void
  }) {
    this.limits = parts.limits
    this.spans = parts.spans
    this.now = parts.now
    this.settle = parts.settle
    this.connectMs = Math.min(parts.limits.connectMs, parts.limits.remainingMs)
    this.beganAt = parts.now()
    this.stageAt = this.beganAt
    this.timer = setTimeout(this.onTooLate, Math.min(parts.limits.firstByteMs, parts.limits.remainingMs))
  }

  /** Ends the exchange with this failure at once, whatever it was doing, and drops its connection. */
  abandon(failure: Failure): void {
    this.end(failure)
    const error = new CallError(failure)
    if (this.controller !== null) this.controller.abort(error)
    else this.dialing?.destroy(error)
  }

  onStage(stage: Stage): void {
    this.reused = false
    const now = this.now()
    const span = now - this.stageAt
    if (this.stage === 'dns') this.spans.dnsMs = sum(this.spans.dnsMs, span)
    else if (this.stage === 'connect') this.spans.connectMs = sum(this.spans.connectMs, span)
    else if (this.stage === 'tls') this.spans.tlsMs = sum(this.spans.tlsMs, span)
    this.stage = stage
    this.stageAt = now
  }

  onSocket(socket: Socket): void {
    this.dialing = socket
  }

  onRequestStart(controller: Controller): void {
    this.controller = controller
    this.dialing = null
    this.stageAt = this.now()
    if (this.settled) controller.abort(new CallError(failed('client_gone')))
  }

  onResponseStart(_controller: Controller, status: number, headers: Exchanged['headers']): void {
    if (status < 200 || this.settled) return
    const now = this.now()
    this.spans.firstByteMs = sum(this.spans.firstByteMs, now - this.stageAt)
    this.stage = 'body'
    this.status = status
    this.headers = headers
    if (this.limits.firstByteMs < this.limits.remainingMs) {
      clearTimeout(this.timer)
      const left = this.limits.remainingMs - (now - this.beganAt)
      this.timer = setTimeout(this.onTooLate, Math.max(0, left))
    }
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    if (this.settled) return
    this.bytes += chunk.length
    this.chunks.push(chunk)
    if (this.bytes <= this.limits.bodyBytes) return
    this.end(this.limits.overflow === 'enough' ? null : tooLarge(this.limits.bodyBytes))
    controller.abort(new CallError(tooLarge(this.limits.bodyBytes)))
  }

  onResponseEnd(): void {
    this.end(null)
  }

  onResponseError(_controller: Controller | null, error: Error): void {
    this.end(failureOf(error, this.stage))
  }

  private readonly onTooLate = (): void => {
    const { timeoutMs, firstByteMs, remainingMs } = this.limits
    if (this.stage === 'body')
      this.abandon(failed('stalled', `answer not complete within ${spanWords(timeoutMs)}`))
    else if (this.stage === 'request') {
      const waited = firstByteMs < remainingMs ? firstByteMs : timeoutMs
      this.abandon(failed('response_timeout', `no answer within ${spanWords(waited)}`))
    } else this.abandon(tooLate(this.stage, timeoutMs))
  }

  private end(failure: Failure | null): void {
    if (this.settled) return
    this.settled = true
    clearTimeout(this.timer)
    const [first = NO_BODY] = this.chunks
    this.settle({
      status: this.status,
      headers: this.headers,
      body: this.chunks.length > 1 ? Buffer.concat(this.chunks) : first,
      failure,
      reused: this.reused,
    })
  }
}

const sum = (before: number | null, span: number): number => (before ?? 0) + span

const tooLarge = (bytes: number): Failure =>
  failed('body_too_large', `answer larger than ${Math.round(bytes / 1_024)} KiB`)
