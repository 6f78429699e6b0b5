import { Agent } from 'undici'
import type { Clock } from '#lib/services/ports.ts'
import { createConnector, dial, type Dialer } from './connector.ts'
import { Exchange, type Exchanged, type ExchangeLimits, type Spans } from './exchange.ts'
import { CallError, failed, type Failure } from './failure.ts'
import type { TargetGuard } from './target-guard.ts'

/** One request, ready to send. `origin` is scheme, host and port; `path` starts with a slash. */
export type HttpRequest = {
  method: 'GET' | 'POST'
  origin: string
  path: string
  headers: Readonly<Record<string, string>>
  body: string | null
}

/** Sends requests and opens bare connections. `during` hands out the running exchange's way to be ended early. */
export type Transport = {
  send: (request: HttpRequest, options: SendOptions) => Promise<Exchanged>
  connect: (target: { host: string; port: number }, options: ConnectOptions) => Promise<Failure | null>
  close: () => Promise<void>
}

/** `fresh` insists on a connection of its own. */
export type SendOptions = { limits: ExchangeLimits; spans: Spans; signal: AbortSignal; fresh: boolean }
export type ConnectOptions = { limits: ExchangeLimits; spans: Spans; signal: AbortSignal }

/**
 * How long an idle connection is kept: long enough for checks every 2 s to share one, shorter than the usual 30 s, so
 * that usual checks open, and measure, a connection each.
 */
const KEEP_ALIVE_MS = 4_000

/** A transport with connections of its own, shared with nothing else in the process, to what the guard lets pass. */
export function createTransport(clock: Clock, guard: TargetGuard): Transport {
  // undici calls the connector within `dispatch`, so whoever is dispatching is whom a new connection is for.
  let dispatching: Exchange | null = null
  const connect = createConnector(() => dispatching ?? nobody, guard)
  const options = {
    connect,
    allowH2: false,
    // The exchange has its own time-outs; undici's would round them up to half a second.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    keepAliveTimeoutThreshold: 1_000,
  }
  const shared = new Agent(options)
  const single = new Agent({ ...options, pipelining: 0 })

  return {
    send: (request, { limits, spans, signal, fresh }) =>
      new Promise((resolve) => {
        const settle = (exchanged: Exchanged) => {
          signal.removeEventListener('abort', onAbort)
          resolve(exchanged)
        }
        const exchange = new Exchange({ limits, spans, now: clock.now, settle })
        const onAbort = () => exchange.abandon(failed('client_gone', 'check abandoned'))
        signal.addEventListener('abort', onAbort, { once: true })
        dispatching = exchange
        try {
          ;(fresh ? single : shared).dispatch(request, exchange)
        } finally {
          dispatching = null
        }
      }),

    connect: (target, { limits, spans, signal }) =>
      new Promise((resolve) => {
        const exchange = new Exchange({
          limits,
          spans,
          now: clock.now,
          settle: ({ failure }) => finish(failure),
        })
        const onAbort = () => exchange.abandon(failed('client_gone', 'check abandoned'))
        const finish = (failure: Failure | null) => {
          signal.removeEventListener('abort', onAbort)
          resolve(failure)
        }
        signal.addEventListener('abort', onAbort, { once: true })
        dial({ ...target, tls: false, servername: null }, { dialer: exchange, guard }, (error, socket) => {
          socket?.destroy()
          if (error === null) exchange.onResponseEnd()
          else exchange.onResponseError(null, error)
        })
      }),

    close: async () => {
      const reason = new CallError(failed('client_gone', 'check abandoned'))
      await Promise.all([shared.destroy(reason), single.destroy(reason)])
    },
  }
}

/** Stands in when undici reopens a connection on its own: nothing is measured, and the whole time-out ends it. */
const nobody: Dialer = { connectMs: 10_000, onStage: () => undefined, onSocket: () => undefined }
