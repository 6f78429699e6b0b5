import type { Permission } from '#lib/domain/access/roles.ts'
import { freshnessOf } from './freshness.ts'

/** Where to go to have something to show, and what one must be allowed to there. */
type Action = { href: string; label: string; needs: Permission }

/**
 * What a panel has to say about its content. The first group stands in place of the content; the second keeps the
 * content on screen and labels it.
 */
export type PanelCondition =
  | { kind: 'loading' }
  | { kind: 'not_configured'; text: string; action: Action | null }
  | { kind: 'empty'; text: string }
  | { kind: 'no_traffic'; text: string }
  | { kind: 'insufficient'; have: number; need: number; unit: string }
  | { kind: 'forbidden'; role: string }
  | { kind: 'failed'; text: string; requestId: string | null }
  | { kind: 'ready' }
  | { kind: 'refreshing' }
  | { kind: 'stale'; asOf: number }
  | { kind: 'unknown'; asOf: number }
  | { kind: 'disconnected'; asOf: number }
  | { kind: 'partial'; text: string }
  | { kind: 'failed_refresh'; text: string; requestId: string | null; asOf: number; isOld: boolean }
  | { kind: 'impaired' }

const BLOCKING: ReadonlySet<PanelCondition['kind']> = new Set<PanelCondition['kind']>([
  'loading',
  'not_configured',
  'empty',
  'no_traffic',
  'insufficient',
  'forbidden',
  'failed',
])

/** Whether the condition stands in place of the panel's content. */
export const isBlocking = (condition: PanelCondition): boolean => BLOCKING.has(condition.kind)

/** Whether the content is too old to be read as now. */
export const isDimmed = (condition: PanelCondition): boolean =>
  condition.kind === 'failed_refresh'
    ? condition.isOld
    : condition.kind === 'stale' || condition.kind === 'unknown' || condition.kind === 'disconnected'

/** What is known about a panel's data: when the server took it (null: none yet), and how the last try went. */
export type PanelFacts = {
  asOf: number | null
  now: number
  error: { text: string; requestId: string | null } | null
  disconnected?: boolean
  impaired?: boolean
  refreshing?: boolean
  /** What is missing from the data, in words. */
  missing?: string | null
}

/** The most important thing to say about data that comes and goes; panels with nothing to show decide for themselves. */
export function dataCondition(facts: PanelFacts): PanelCondition {
  const { asOf, now, error } = facts
  if (asOf === null) return error === null ? { kind: 'loading' } : { kind: 'failed', ...error }
  const freshness = freshnessOf(asOf, now)
  if (freshness === 'expired') return { kind: facts.disconnected ? 'disconnected' : 'unknown', asOf }
  if (freshness === 'ageing' && facts.disconnected) return { kind: 'disconnected', asOf }
  if (error !== null) return { kind: 'failed_refresh', ...error, asOf, isOld: freshness === 'ageing' }
  if (freshness === 'ageing') return { kind: 'stale', asOf }
  return freshCondition(facts)
}

function freshCondition({ impaired, missing, refreshing }: PanelFacts): PanelCondition {
  if (impaired) return { kind: 'impaired' }
  if (missing !== undefined && missing !== null) return { kind: 'partial', text: missing }
  return { kind: refreshing ? 'refreshing' : 'ready' }
}
