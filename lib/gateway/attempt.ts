import { oneLine } from '#lib/domain/error-words.ts'
import { rateLimitHeaders } from '#lib/domain/rate-limit-headers.ts'
import type { RawResult } from '#lib/domain/raw-result.ts'
import type { HeaderFields, UpstreamCall, UpstreamListener } from '#lib/services/ports.ts'
import type { Admission, AttemptEnd } from '#lib/services/routing/routed-request.ts'
import type { AnswerReader, AttemptResult, ReaderOwner, ReaderParts, Told } from './attempt-result.ts'
import { ErrorReader } from './error-reader.ts'
import { StreamReader } from './stream-reader.ts'
import { WholeReader } from './whole-reader.ts'

/** Whoever makes an attempt: it begins the client's answer, passes pieces on, and is told once how it went. */
export type AttemptOwner = {
  commit: (attempt: Attempt) => void
  forward: (chunk: Buffer) => void
  over: (attempt: Attempt, result: AttemptResult) => void
}

export type AttemptParts = ReaderParts & {
  owner: AttemptOwner
  admission: Admission
  /** Whether the whole body can be sent at once; otherwise `bodySent` tells when it has been. */
  isBodyWhole: boolean
}

const isEventStream = (headers: HeaderFields): boolean =>
  /^\s*text\/event-stream\b/i.test(String(headers['content-type'] ?? ''))

const NO_PHASES: RawResult['phases'] = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null }

/** Whether a failure says something about the provider, rather than about the client. */
const isProviders = ({ kind }: NonNullable<RawResult['failure']>): boolean =>
  kind === 'stalled' || kind === 'response_timeout'

/** The bytes of a chunk as Node's buffer, without copying them. */
const bufferOf = (chunk: Uint8Array): Buffer =>
  Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)

/** One try of a request at one provider: hears its call, and says once what it came to. */
export class Attempt implements UpstreamListener, ReaderOwner {
  readonly admission: Admission
  status: number | null = null
  headers: HeaderFields = {}
  private readonly parts: AttemptParts
  private reader: AnswerReader | null = null
  private call: UpstreamCall | null = null
  isPaused = false
  private isOver = false
  /** Since when an answer is owed, fleet time; null while the client is still sending. */
  private sentAt: number | null

  constructor(parts: AttemptParts) {
    this.parts = parts
    this.admission = parts.admission
    this.sentAt = parts.isBodyWhole ? parts.admission.startedAt : null
  }

  /** The last of the body has gone by. */
  bodySent(): void {
    this.sentAt ??= this.parts.now()
  }

  /** Takes the call that it listens to. */
  follow(call: UpstreamCall): void {
    this.call = call
    if (this.isOver) call.abort()
  }

  /** Whether the client was sent a part of an event that is not whole. */
  get isMidFrame(): boolean {
    return this.reader instanceof StreamReader && this.reader.isMidFrame
  }

  get isStream(): boolean {
    return this.reader instanceof StreamReader
  }

  /** The answer's length in bytes, where it was announced and stays as it is. */
  get length(): string | null {
    const length = this.headers['content-length']
    return this.isStream || typeof length !== 'string' ? null : length
  }

  /** Whether it came to an answer that is whole and good. */
  isGood(result: AttemptResult): result is AttemptResult & { body: Buffer } {
    return result.failure === null && result.body !== null && this.reader instanceof WholeReader
  }

  /** Whether it was a stream in which all has been said: a client that leaves now leaves satisfied. */
  get isWhole(): boolean {
    return this.reader?.isWhole() ?? false
  }

  onAnswer(status: number, headers: HeaderFields): void {
    this.status = status
    this.headers = headers
    this.reader = this.readerFor(status, headers)
  }

  onData(chunk: Uint8Array): void {
    if (!this.isOver) this.reader?.onData(bufferOf(chunk))
  }

  onEnd(): void {
    if (!this.isOver) this.reader?.onEnd()
  }

  onFailure(failure: NonNullable<RawResult['failure']>): void {
    if (this.isOver) return
    if (this.reader === null) this.fail(failure)
    else this.reader.onFailure(failure)
  }

  /** The client does not read: nothing more is taken from the provider. */
  pause(): void {
    this.isPaused = true
    this.call?.pause()
  }

  /** The client reads again. */
  resume(): void {
    if (this.isOver || !this.isPaused) return
    this.isPaused = false
    this.reader?.onRead(this.parts.now())
    this.call?.resume()
  }

  sweep(now: number): void {
    if (this.isOver) return
    const { limits, wantsStream } = this.parts
    if (this.reader !== null) this.reader.sweep(now)
    else if (wantsStream && this.sentAt !== null && now - this.sentAt >= limits.firstTokenMs)
      this.fail({ kind: 'response_timeout', message: `no answer within ${limits.firstTokenMs / 1_000} s` })
  }

  /** Ends it at once with this failure, whatever it was doing; one that had said all it had to say went well. */
  fail(failure: NonNullable<RawResult['failure']>): void {
    // An error has been said by its status, however little of its body came in time.
    if (this.reader instanceof ErrorReader && isProviders(failure)) return this.reader.onFailure()
    const isWhole = this.isWhole
    this.over({
      failure: isWhole ? null : failure,
      error: null,
      usage: this.reader?.usage ?? null,
      body: null,
      latin1: null,
    })
  }

  owedSince(): number {
    return this.sentAt ?? this.parts.now()
  }

  commit(): void {
    this.parts.owner.commit(this)
  }

  forward(chunk: Buffer): void {
    this.parts.owner.forward(chunk)
  }

  over({ failure, error, usage, body, latin1 }: Told): void {
    if (this.isOver) return
    this.isOver = true
    const { status, headers } = this
    const pieces = this.reader?.pieces ?? 0
    // A call that is over already takes no notice.
    this.call?.abort()
    this.parts.owner.over(this, { status, headers, failure, error, usage, pieces, body, latin1 })
  }

  /** What is told to the one who classifies it. */
  end(result: AttemptResult): AttemptEnd {
    const { now, limits } = this.parts
    const { startedAt } = this.admission
    const firstTokenAt = this.reader?.firstTokenAt ?? null
    return {
      raw: this.rawOf(result, startedAt, now()),
      firstTokenMs: firstTokenAt === null ? null : firstTokenAt - startedAt,
      timeoutMs: limits.timeoutMs,
    }
  }

  private rawOf(result: AttemptResult, startedAt: number, endedAt: number): RawResult {
    const { status, headers, failure, error, usage } = result
    const { code, excerpt } = this.said(error)
    return {
      startedAt,
      endedAt,
      phases: this.call?.phases() ?? NO_PHASES,
      httpStatus: status,
      headers: failure === null && error === null ? {} : rateLimitHeaders(headers),
      failure: failure?.kind === 'error_body' ? { kind: 'error_body', message: excerpt ?? '' } : failure,
      errorCode: code,
      excerpt,
      usage,
    }
  }

  /** What an error says, without what must not be shown. */
  private said(error: AttemptResult['error']): { code: string | null; excerpt: string | null } {
    const redact = (text: string | null | undefined) =>
      text === null || text === undefined ? null : (this.call?.redact(text) ?? text)
    const message = redact(error?.message)
    return { code: redact(error?.code), excerpt: message === null ? null : oneLine(message) }
  }

  private readerFor(status: number, headers: HeaderFields): AnswerReader {
    if (status < 200 || status >= 300) return new ErrorReader(this, this.parts)
    return isEventStream(headers) ? new StreamReader(this, this.parts) : new WholeReader(this, this.parts)
  }
}
