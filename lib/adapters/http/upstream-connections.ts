import { Readable } from 'node:stream'
import { Pool } from 'undici'
import { createConnector, type Dialer } from './connector.ts'
import { CallError, failed } from './failure.ts'
import type { TargetGuard } from './target-guard.ts'
import type { UpstreamExchange } from './upstream-exchange.ts'

/** A call as it goes out. `fresh` insists on a connection of its own. */
export type SentCall = {
  origin: string
  path: string
  /** Names and values in turn. */
  headers: string[]
  body: Uint8Array | AsyncIterable<Uint8Array>
  fresh: boolean
}

/** The connections to providers: a pool for each origin. */
export type Connections = {
  dispatch: (call: SentCall, exchange: UpstreamExchange) => void
  close: () => Promise<void>
}

/** A server that says how long it keeps an idle connection is believed up to this. */
const MAX_KEEP_ALIVE_MS = 60_000

/** Stands in when undici reopens a connection on its own: nothing is measured. */
const nobody: Dialer = { connectMs: 10_000, onStage: () => undefined, onSocket: () => undefined }

/** Pools that open the connections which the guard lets pass, and tell each call of its own. */
export function createConnections(guard: TargetGuard): Connections {
  // undici calls the connector within `dispatch`, so whoever is dispatching is whom a new connection is for.
  let dispatching: Dialer | null = null
  const shared = {
    connect: createConnector(() => dispatching ?? nobody, guard),
    allowH2: false,
    // The gateway has its own time-outs.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveMaxTimeout: MAX_KEEP_ALIVE_MS,
  }
  const kept = new Map<string, Pool>()
  const single = new Map<string, Pool>()

  const poolOf = ({ origin, fresh }: SentCall): Pool => {
    const pools = fresh ? single : kept
    let pool = pools.get(origin)
    if (pool === undefined) {
      pool = new Pool(origin, fresh ? { ...shared, pipelining: 0 } : shared)
      pools.set(origin, pool)
    }
    return pool
  }

  return {
    dispatch: (call, exchange) => {
      const { path, headers, body } = call
      const outer = dispatching
      dispatching = exchange
      const isPlain = body instanceof Uint8Array
      try {
        poolOf(call).dispatch(
          { method: 'POST', path, headers, body: isPlain ? body : Readable.from(body) },
          exchange,
        )
      } finally {
        if (isPlain) dispatching = outer
        // For a stream undici connects a microtask later.
        else queueMicrotask(() => (dispatching = outer))
      }
    },
    close: async () => {
      const reason = new CallError(failed('client_gone'))
      await Promise.all([...kept.values(), ...single.values()].map((pool) => pool.destroy(reason)))
    },
  }
}
