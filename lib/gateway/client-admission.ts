import type { IncomingHttpHeaders } from 'node:http'
import { type KeyUse, newKeyUse, countRequest, countTokens } from '#lib/domain/routing/key-limits.ts'
import type { Engine } from '#lib/services/engine.ts'
import type { ClientKey } from '#lib/services/records.ts'
import { findClientKey } from '#lib/services/routing/client-keys.ts'
import { gatewayError, type GatewayError } from './errors.ts'

/** Lets clients in: who they are, and whether they may have another request. */
export type ClientAdmission = {
  /** The client's key, null where none is asked for, or why it is not let in. */
  identify: (engine: Engine, headers: IncomingHttpHeaders) => ClientKey | GatewayError | null
  /** Counts a request of this key; an error when its limits do not allow it now. */
  spend: (key: ClientKey, now: number) => GatewayError | null
  /** Counts the tokens that a request has taken. */
  spendTokens: (key: ClientKey, tokens: number, now: number) => void
}

/** An admission in which nobody has used anything yet. With `always` a key is asked for though none exists. */
export function createClientAdmission({ always }: { always: boolean }): ClientAdmission {
  const uses = new Map<string, KeyUse>()
  const countOf = ({ id }: ClientKey): KeyUse => {
    let use = uses.get(id)
    if (use === undefined) uses.set(id, (use = newKeyUse()))
    return use
  }
  return {
    identify: (engine, headers) => {
      if (engine.clientKeys.size === 0 && !always) return null
      const shown = keyIn(headers)
      if (shown === null) {
        const how =
          'Send a client key as "authorization: Bearer" or "x-api-key"; keys are made in the console.'
        return gatewayError('client_key_missing', how)
      }
      return (
        findClientKey(engine, engine.sha256(shown)) ??
        gatewayError('client_key_invalid', 'There is no such client key.')
      )
    },
    spend: (key, now) => {
      if (key.requestsPerMinute === null && key.tokensPerMinute === null) return null
      const over = countRequest(countOf(key), key, now)
      if (over === null) return null
      return over.limit === 'requests'
        ? gatewayError(
            'client_request_limit',
            `This key may make ${String(key.requestsPerMinute)} requests a minute.`,
            over.retryAfterMs,
          )
        : gatewayError(
            'client_token_limit',
            `This key may use ${String(key.tokensPerMinute)} tokens a minute.`,
            over.retryAfterMs,
          )
    },
    spendTokens: (key, tokens, now) => {
      if (key.tokensPerMinute !== null) countTokens(countOf(key), tokens, now)
    },
  }
}

/** The key that a request shows, as OpenAI's clients send it, or Anthropic's. */
function keyIn(headers: IncomingHttpHeaders): string | null {
  const bearer = /^Bearer\s+(\S+)\s*$/i.exec(headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return bearer
  const key = headers['x-api-key']
  return typeof key === 'string' && key !== '' ? key : null
}
