import { Agent, fetch, type RequestInit, type Response } from 'undici'
import type { TargetPolicy } from '#lib/domain/target-policy.ts'
import { createConnector, type Dialer } from './connector.ts'
import { CallError } from './failure.ts'
import type { Resolve } from './lookup.ts'
import { createTargetGuard, policyRefusal } from './target-guard.ts'

/** `fetch` to wherever a user aimed it, as far as policy lets it; `close` ends all of it. */
export type GuardedFetch = {
  /** Rejects with a `CallError` of kind `refused_by_policy` where policy refuses the URL, its address, or a redirect's. */
  fetch: (url: string, init?: Omit<RequestInit, 'dispatcher'>) => Promise<Response>
  close: () => Promise<void>
}

/** How long a connection may take, names and TLS included. */
const CONNECT_MS = 5_000

const dialer: Dialer = { connectMs: CONNECT_MS, onStage: () => undefined, onSocket: () => undefined }

/**
 * A `fetch` with connections of its own. Each is checked as it is opened, whether it is for the URL or for a redirect;
 * kept ones stay with the address that was checked.
 */
export function createGuardedFetch(policy: TargetPolicy, resolve?: Resolve): GuardedFetch {
  const guard = createTargetGuard(policy, resolve)
  const agent = new Agent({ connect: createConnector(() => dialer, guard), allowH2: false })
  return {
    fetch: async (url, init = {}) => {
      const { protocol } = new URL(url)
      // What is not HTTP opens no connection at which it could be checked.
      if (protocol !== 'http:' && protocol !== 'https:')
        throw policyRefusal(`${protocol} is not http or https`)
      return fetch(url, { ...init, dispatcher: agent }).catch((error: unknown) => {
        const cause = error instanceof Error ? error.cause : null
        throw cause instanceof CallError ? cause : error
      })
    },
    close: () => agent.destroy(),
  }
}
