import type { RetryAfterFormat } from './weather.ts'

/** The headers by which a provider says "not before `seconds` from now"; `at` is now, epoch ms. */
export function rateLimitHeaders(
  format: RetryAfterFormat,
  seconds: number,
  at: number,
): Record<string, string> {
  const until = new Date(at + seconds * 1_000)
  switch (format) {
    case 'seconds':
      return { 'retry-after': String(seconds) }
    case 'http-date':
      return { 'retry-after': until.toUTCString() }
    case 'milliseconds':
      return { 'retry-after-ms': String(seconds * 1_000) }
    case 'reset-duration':
      return {
        'x-ratelimit-remaining-requests': '0',
        'x-ratelimit-reset-requests': `${Math.floor(seconds / 60)}m${seconds % 60}s`,
      }
    case 'reset-time':
      return {
        'anthropic-ratelimit-requests-remaining': '0',
        'anthropic-ratelimit-requests-reset': until.toISOString(),
      }
  }
}
