import type { Phases } from '#lib/domain/outcome.ts'
import type { UpstreamCall, UpstreamListener, UpstreamRequest } from '#lib/services/ports.ts'
import { type Failure, failureOf } from './failure.ts'
import { redact } from './redact.ts'
import type { Connections } from './upstream-connections.ts'
import { UpstreamExchange } from './upstream-exchange.ts'
import { upstreamHeaders, withQuery } from './upstream-headers.ts'
import type { createTargetFinder, UpstreamTarget } from './upstream-target.ts'

type World = {
  connections: Connections
  findTarget: ReturnType<typeof createTargetFinder>
  /** Counts ms with their fractions. */
  now: () => number
}

const NO_PHASES: Phases = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null }

/**
 * One client's request at one provider. It is sent a second time, over a new connection, when a kept one turned out to
 * be closed before anything was answered: a server may drop an idle connection at the very moment it is used, which
 * says nothing about its health.
 */
export class CarriedCall implements UpstreamCall {
  private readonly request: UpstreamRequest
  private readonly listener: UpstreamListener
  private readonly world: World
  private target: UpstreamTarget | null = null
  private exchange: UpstreamExchange | null = null
  private isAborted = false

  constructor(request: UpstreamRequest, listener: UpstreamListener, world: World) {
    this.request = request
    this.listener = listener
    this.world = world
  }

  /** Sends the request, now that the provider's key is known or known to be missing. */
  begin(found: { key: string | null; failure: Failure | null }): void {
    if (this.isAborted) return
    const target = found.failure ?? this.world.findTarget(this.request, found.key)
    if ('kind' in target) return this.listener.onFailure(target)
    this.target = target
    this.send(target, false)
  }

  pause(): void {
    this.exchange?.pause()
  }

  resume(): void {
    this.exchange?.resume()
  }

  abort(): void {
    this.isAborted = true
    this.exchange?.abandon()
  }

  phases(): Phases {
    return this.exchange?.phases() ?? NO_PHASES
  }

  redact(text: string): string {
    return redact(text, this.target?.secrets ?? [])
  }

  private send(target: UpstreamTarget, fresh: boolean): void {
    const { request, listener } = this
    const exchange: UpstreamExchange = new UpstreamExchange({
      connectMs: request.connectMs,
      now: this.world.now,
      listener,
      sendAgain: (failure) => {
        const again = !fresh && this.isStale(exchange, failure)
        if (again) this.send(target, true)
        return again
      },
    })
    this.exchange = exchange
    try {
      this.world.connections.dispatch(
        {
          origin: target.origin,
          path: withQuery(target.path, request.query),
          headers: this.headersFor(target),
          body: request.body,
          fresh,
        },
        exchange,
      )
    } catch (error) {
      listener.onFailure(failureOf(error, 'request'))
    }
  }

  private headersFor(target: UpstreamTarget): string[] {
    const { request } = this
    const headers = upstreamHeaders(request.headers, target.headers, request.provider)
    if (request.bodyBytes !== null) headers.push('content-length', String(request.bodyBytes))
    return headers
  }

  private isStale(exchange: UpstreamExchange, failure: Failure): boolean {
    return (
      !this.isAborted &&
      exchange.isReused &&
      failure.kind === 'reset' &&
      this.request.body instanceof Uint8Array
    )
  }
}
