import type { HeaderFields } from '#lib/services/ports.ts'
import { passHeaders } from './answer-headers.ts'

/** What the gateway tells of its own part in an answer. */
export type HeadFacts = {
  requestId: string
  /** Null before anything was decided. */
  decisionId: string | null
  providerId: string | null
  attempts: number
  /** ms since the request came, and since the last attempt began; null without one. */
  totalMs: number
  upstreamMs: number | null
  /** Whether the body was too large to be kept for another attempt. */
  isReplayOff: boolean
}

/** The ms to a tenth. Of whole numbers, whose texts V8 keeps; a fraction's is worked out each time. */
function tenths(ms: number): string {
  const all = Math.round(ms * 10)
  const tenth = all % 10
  const whole = String((all - tenth) / 10)
  return tenth === 0 ? whole : `${whole}.${tenth}`
}

/** The gateway's own headers, as a flat list. */
export function ownHeaders(facts: HeadFacts): string[] {
  const upstream = facts.upstreamMs === null ? '' : `, upstream;dur=${tenths(facts.upstreamMs)}`
  const headers = [
    'x-request-id',
    facts.requestId,
    'x-switchyard-attempts',
    String(facts.attempts),
    'server-timing',
    `total;dur=${tenths(facts.totalMs)}${upstream}`,
  ]
  if (facts.decisionId !== null) headers.push('x-switchyard-decision', facts.decisionId)
  if (facts.providerId !== null) headers.push('x-switchyard-provider', facts.providerId)
  if (facts.isReplayOff) headers.push('x-switchyard-retry', 'off, body over 10 MB')
  return headers
}

/** All headers of an answer that comes from a provider. */
export function answerHead(facts: HeadFacts, headers: HeaderFields): string[] {
  const all = ownHeaders(facts)
  passHeaders(headers, all)
  return all
}
