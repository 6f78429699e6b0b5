import type { Engine } from '#lib/services/engine.ts'
import type { Clock, Upstream } from '#lib/services/ports.ts'
import type { GatewayLimits } from './limits.ts'

/** Everything the gateway is made of. */
export type GatewayWorld = {
  clock: Clock
  /** Counts ms with their fractions. */
  elapsed: () => number
  /** Null while the house is being built, or no longer stands. */
  engine: () => Engine | null
  upstream: Upstream
  limits: GatewayLimits
  /** The loopback address it listens on; null when others can reach it, who must show a key. */
  loopback: string | null
  newRequestId: () => string
  /** Told of what should not have happened. */
  onFault: (error: unknown) => void
}
