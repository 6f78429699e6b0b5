import { randomFillSync } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { createUpstream } from '#lib/adapters/http/upstream.ts'
import { resolveReference } from '#lib/adapters/secrets/resolve-reference.ts'
import { DEFAULT_LIMITS, SWEEP_MS } from '#lib/gateway/limits.ts'
import { createGateway } from '#lib/gateway/listener.ts'
import type { ServerEnv } from './env.ts'
import { isLoopbackHost } from './guard.ts'
import { listen } from './listen.ts'
import type { Logger } from './log.ts'
import { createRandomIds } from './random-ids.ts'
import { heldRuntime, runtime } from './runtime.ts'
import { urlOf } from './url-of.ts'

/** The gateway as the process has it. */
export type OpenGateway = {
  url: string
  /** Tells the runtime where the gateway is; until there is one, requests are told to come back. */
  adopt: () => void
  /** Takes no new requests and resolves when those under way are over, or cut off because they took too long. */
  drain: () => Promise<void>
  close: () => Promise<void>
}

type Env = Pick<ServerEnv, 'gatewayPort' | 'gatewayHost' | 'drainMs' | 'providerTargets'>

/** How long what is cut off may take to say so. */
const LAST_WORDS_MS = 200

/** Listens for applications' requests; null where the gateway is off. Rejects when it cannot listen. */
export async function openGateway(env: Env, log: Logger): Promise<OpenGateway | null> {
  if (env.gatewayPort === null) return null
  const upstream = createUpstream({
    now: () => performance.now(),
    secrets: { open: (sealed) => runtime().engine.secrets.open(sealed) },
    resolveReference: (name) => resolveReference(name),
    targets: env.providerTargets,
  })
  const gateway = createGateway({
    clock: { now: () => heldRuntime()?.engine.clock.now() ?? Date.now() },
    elapsed: () => performance.now(),
    engine: () => {
      const held = heldRuntime()
      return held?.phase() === 'ready' ? held.engine : null
    },
    upstream,
    limits: DEFAULT_LIMITS,
    loopback: isLoopbackHost(env.gatewayHost) ? env.gatewayHost : null,
    newRequestId: createRandomIds((bytes) => void randomFillSync(bytes)),
    onFault: (err) => log.error({ err }, 'the gateway failed by its own fault'),
  })
  const { server } = gateway
  const port = await listen(server, {
    host: env.gatewayHost,
    port: env.gatewayPort,
    names: { host: 'SWITCHYARD_GATEWAY_HOST', port: 'SWITCHYARD_GATEWAY_PORT' },
  })
  const url = urlOf(env.gatewayHost, port)
  const adopt = () => {
    // A development server replaces the runtime.
    const held = heldRuntime()
    if (held !== null) held.gatewayUrl = url
  }
  const timer = setInterval(() => {
    adopt()
    gateway.sweep()
  }, SWEEP_MS)
  return {
    url,
    adopt,
    drain: async () => {
      const open = gateway.open()
      if (open > 0) log.info({ open }, 'waiting for open requests')
      await gateway.drain(delay(env.drainMs, undefined, { ref: false }))
      if (gateway.open() > 0) await delay(LAST_WORDS_MS)
    },
    close: async () => {
      clearInterval(timer)
      server.close()
      server.closeAllConnections()
      await upstream.close()
    },
  }
}
