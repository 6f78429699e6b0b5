import type { ProviderRow } from '#lib/contract/monitor.ts'

/** Data older than this is shown as ageing. */
export const AGEING_MS = 20_000
/** Data older than this says nothing about now. */
export const EXPIRED_MS = 60_000

/** How far data can be trusted to speak about now. */
export type Freshness = 'fresh' | 'ageing' | 'expired'

/** How fresh data taken at `asOf` is at `now`, both epoch ms. */
export function freshnessOf(asOf: number, now: number): Freshness {
  const ageMs = now - asOf
  if (ageMs > EXPIRED_MS) return 'expired'
  return ageMs > AGEING_MS ? 'ageing' : 'fresh'
}

type Checked = Pick<ProviderRow, 'enabled' | 'lastCheckAt' | 'nextCheckAt' | 'intervalMs' | 'timeoutMs'>

/**
 * Whether a provider should have been checked by `asOf`, the time of the answer that tells of it, and was not: its own
 * last check is older than two intervals and a time-out. How old the answer itself is, `freshnessOf` says. A disabled
 * provider is never overdue.
 */
export function isOverdue(row: Checked, asOf: number): boolean {
  if (!row.enabled) return false
  const toleratedMs = 2 * row.intervalMs + row.timeoutMs
  if (row.lastCheckAt !== null) return asOf - Date.parse(row.lastCheckAt) > toleratedMs
  return row.nextCheckAt !== null && asOf - Date.parse(row.nextCheckAt) > toleratedMs
}
