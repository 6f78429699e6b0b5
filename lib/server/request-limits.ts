import { networkOf } from '#lib/domain/access/network-of.ts'
import { AppError } from '#lib/domain/errors.ts'
import type { Client } from './access/client.ts'
import { createRateLimiter, type Rate } from './rate-limiter.ts'

/** What a client may do how often. */
const RATES = {
  read: { burst: 1_000, perSecond: 200 },
  change: { burst: 100, perSecond: 20 },
  /** What is right or wrong of an attempt is counted elsewhere; this only keeps one address from trying a thousand. */
  sign_in: { burst: 20, perSecond: 0.5 },
} as const satisfies Record<string, Rate>

export type LimitedKind = keyof typeof RATES

export const LIMITED_CLIENTS = ['remote', 'all', 'off'] as const
/** `remote`: whoever is not on this machine, and whoever comes through a proxy. */
export type LimitedClients = (typeof LIMITED_CLIENTS)[number]

/** Why a client must wait with a request of this kind; null when it need not. */
export type RequestLimits = (kind: LimitedKind, client: Client) => AppError | null

/** Limits for each client's address; of IPv6 for each network of 64 bits, which is one customer's. */
export function limitRequests(limited: LimitedClients, now: () => number): RequestLimits {
  const limiters = {
    read: createRateLimiter(RATES.read, now),
    change: createRateLimiter(RATES.change, now),
    sign_in: createRateLimiter(RATES.sign_in, now),
  }
  return (kind, client) => {
    if (limited === 'off' || (limited === 'remote' && client.isLocal)) return null
    const waitMs = limiters[kind].take(networkOf(client.address))
    if (waitMs === null) return null
    const seconds = Math.ceil(waitMs / 1_000)
    return new AppError(
      'rate_limited',
      `Too many requests from ${client.address}: try again in ${seconds} s.`,
      {
        facts: { retryAfterSeconds: seconds },
      },
    )
  }
}
