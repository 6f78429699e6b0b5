import type { Socket } from 'node:net'
import type { Transform } from 'node:stream'
import type { Dispatcher } from 'undici'
import type { Phases } from '#lib/domain/outcome.ts'
import type { HeaderFields, UpstreamListener } from '#lib/services/ports.ts'
import type { Dialer } from './connector.ts'
import { CallError, failed, type Failure, failureOf, type Stage } from './failure.ts'
import { unpackerFor } from './unpack.ts'

type Controller = Dispatcher.DispatchController

const tenths = (ms: number | null): number | null => (ms === null ? null : Math.round(ms * 10) / 10)

/**
 * One try to carry a request to a provider, as the handler that undici talks to: measures the phases, unpacks what a
 * server packed unasked, and tells its listener until it is abandoned.
 */
export class UpstreamExchange implements Dispatcher.DispatchHandler, Dialer {
  readonly connectMs: number
  /** Whether it went over a connection that an earlier request had opened. */
  isReused = true
  private readonly listener: UpstreamListener
  private readonly sendAgain: (failure: Failure) => boolean
  private readonly now: () => number
  private stage: Stage = 'request'
  /** When the stage began; of no account before the first is entered, or the request is sent. */
  private stageAt = 0
  private dnsMs: number | null = null
  private connectedMs: number | null = null
  private tlsMs: number | null = null
  private firstByteMs: number | null = null
  private controller: Controller | null = null
  private dialing: Socket | null = null
  private unpacker: Transform | null = null
  private isOver = false

  constructor(parts: {
    connectMs: number
    now: () => number
    listener: UpstreamListener
    /** Asked before a failure is told; true: it has been dealt with. */
    sendAgain: (failure: Failure) => boolean
  }) {
    this.connectMs = parts.connectMs
    this.now = parts.now
    this.listener = parts.listener
    this.sendAgain = parts.sendAgain
  }

  phases(): Phases {
    return {
      dnsMs: tenths(this.dnsMs),
      connectMs: tenths(this.connectedMs),
      tlsMs: tenths(this.tlsMs),
      firstByteMs: tenths(this.firstByteMs),
    }
  }

  pause(): void {
    if (this.unpacker !== null) this.unpacker.pause()
    else this.controller?.pause()
  }

  resume(): void {
    if (this.unpacker !== null) this.unpacker.resume()
    else this.controller?.resume()
  }

  /** Ends it at once: nobody is told, and its connection is dropped. */
  abandon(): void {
    if (this.isOver) return
    this.isOver = true
    this.drop(failed('client_gone'))
  }

  onStage(stage: Stage): void {
    this.isReused = false
    const now = this.now()
    const span = now - this.stageAt
    if (this.stage === 'dns') this.dnsMs = span
    else if (this.stage === 'connect') this.connectedMs = span
    else if (this.stage === 'tls') this.tlsMs = span
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
    if (this.isOver) controller.abort(new CallError(failed('client_gone')))
  }

  onResponseStart(controller: Controller, status: number, headers: HeaderFields): void {
    if (status < 200 || this.isOver) return
    this.firstByteMs = this.now() - this.stageAt
    this.stage = 'body'
    const unpacker = unpackerFor(headers['content-encoding'])
    if (unpacker === undefined) return this.listener.onAnswer(status, headers)
    if (unpacker === null) {
      const coding = String(headers['content-encoding']).slice(0, 40)
      return this.fail(failed('bad_body', `answer is packed as ${coding}, which was not asked for`))
    }
    this.unpackWith(unpacker, controller)
    this.listener.onAnswer(status, { ...headers, 'content-encoding': undefined, 'content-length': undefined })
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    if (this.isOver) return
    if (this.unpacker === null) this.listener.onData(chunk)
    else if (!this.unpacker.write(chunk)) controller.pause()
  }

  onResponseEnd(): void {
    if (this.unpacker !== null) this.unpacker.end()
    else this.finish()
  }

  onResponseError(_controller: Controller | null, error: Error): void {
    this.fail(failureOf(error, this.stage))
  }

  private unpackWith(unpacker: Transform, controller: Controller): void {
    this.unpacker = unpacker
    unpacker.on('data', (chunk: Buffer) => {
      if (!this.isOver) this.listener.onData(chunk)
    })
    unpacker.on('drain', () => controller.resume())
    unpacker.on('end', () => this.finish())
    unpacker.on('error', () => this.fail(failed('bad_body', 'answer cannot be unpacked')))
  }

  private finish(): void {
    if (this.isOver) return
    this.isOver = true
    this.listener.onEnd()
  }

  private fail(failure: Failure): void {
    if (this.isOver) return
    this.isOver = true
    this.drop(failure)
    if (!this.sendAgain(failure)) this.listener.onFailure(failure)
  }

  private drop(failure: Failure): void {
    const error = new CallError(failure)
    if (this.controller !== null) this.controller.abort(error)
    else this.dialing?.destroy(error)
    this.unpacker?.destroy()
  }
}
