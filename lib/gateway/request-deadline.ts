import type { IncomingHttpHeaders } from 'node:http'
import { parseDuration } from '#lib/contract/duration.ts'
import { gatewayError, type GatewayError } from './errors.ts'

const MAX_MS = 86_400_000

/**
 * How long the client itself will wait, in ms: `x-switchyard-timeout` (`30s`, or a number of ms), else the seconds that
 * OpenAI's and Anthropic's clients tell; null where it does not say.
 */
export function clientTimeoutMs(headers: IncomingHttpHeaders): number | null | GatewayError {
  const own = headers['x-switchyard-timeout']
  if (typeof own === 'string') {
    const ms = /^\d+$/.test(own) ? Number(own) : parseDuration(own)
    return ms !== null && ms > 0 && ms <= MAX_MS
      ? ms
      : gatewayError('invalid_field', 'x-switchyard-timeout must be a time, such as 30s or 30000.')
  }
  const seconds = Number(headers['x-stainless-timeout'])
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1_000, MAX_MS) : null
}
