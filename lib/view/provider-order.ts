import type { ProviderRow } from '#lib/contract/monitor.ts'
import type { HealthStatus } from '#lib/domain/health.ts'
import type { EffectiveState } from '#lib/contract/circuit.ts'
import { compareNames } from '#lib/domain/name-order.ts'

export const PROVIDER_SORTS = ['worst', 'name', 'success', 'latency', 'circuit', 'traffic'] as const
/** What the providers are ordered by; `-` before it in the URL turns it round. */
export type ProviderSort = { by: (typeof PROVIDER_SORTS)[number]; isReversed: boolean }

export const WORST_FIRST: ProviderSort = { by: 'worst', isReversed: false }

/** The order that the URL's `sort` names; anything else is worst first. */
export function parseProviderSort(text: string | null): ProviderSort {
  const isReversed = text?.startsWith('-') ?? false
  const by = PROVIDER_SORTS.find((sort) => sort === text?.replace(/^-/, ''))
  return by === undefined ? WORST_FIRST : { by, isReversed }
}

/** How the URL writes an order; null for the usual one. */
export const providerSortText = ({ by, isReversed }: ProviderSort): string | null =>
  by === 'worst' && !isReversed ? null : `${isReversed ? '-' : ''}${by}`

const STATUS_RANK: Record<HealthStatus, number> = { unhealthy: 0, degraded: 1, unknown: 3, healthy: 4 }
const CIRCUIT_RANK: Record<EffectiveState, number> = { open: 0, half_open: 1, cooling: 2, closed: 4 }
const DISABLED_RANK = 5
/** A healthy provider that an operator holds, or whose circuit or models are not closed, wants a look before others. */
const HELD_RANK = 2

/** How urgently a row wants a look; 0 is worst. */
export function urgency(row: ProviderRow): number {
  if (!row.enabled) return DISABLED_RANK
  const status = STATUS_RANK[row.status]
  const isHeld = row.circuit.override !== null || row.circuit.effective !== 'closed' || hasModelsToSee(row)
  return isHeld ? Math.min(status, HELD_RANK) : status
}

const hasModelsToSee = ({ openModels, heldModels }: ProviderRow) => openModels > 0 || heldModels !== null

const byName = (a: ProviderRow, b: ProviderRow) => compareNames(a.name, b.name) || (a.id < b.id ? -1 : 1)

/** Smaller first; what was not measured last, also when turned round. */
function measured(value: (row: ProviderRow) => number | null, direction: 1 | -1) {
  return (a: ProviderRow, b: ProviderRow): number => {
    const [x, y] = [value(a), value(b)]
    if (x === null || y === null) return Number(x === null) - Number(y === null)
    return direction * (x - y)
  }
}

function comparison({ by, isReversed }: ProviderSort): (a: ProviderRow, b: ProviderRow) => number {
  const direction = isReversed ? -1 : 1
  switch (by) {
    case 'worst':
      return (a, b) =>
        direction * (urgency(a) - urgency(b)) ||
        measured(({ lastHour }) => lastHour.successRate, direction)(a, b)
    case 'name':
      return (a, b) => direction * byName(a, b)
    case 'success':
      return measured(({ lastHour }) => lastHour.successRate, direction)
    case 'latency':
      return measured(({ lastHour }) => lastHour.p95Ms, direction === 1 ? -1 : 1)
    case 'circuit':
      return (a, b) => direction * (circuitRank(a) - circuitRank(b))
    case 'traffic':
      return measured(({ lastHour }) => lastHour.share, direction === 1 ? -1 : 1)
  }
}

const circuitRank = (row: ProviderRow) =>
  Math.min(
    CIRCUIT_RANK[row.circuit.effective],
    row.circuit.override === null ? 4 : 1,
    hasModelsToSee(row) ? 3 : 4,
  )

/** The rows in order; ties by name, so that the order never depends on the order of arrival. */
export function orderProviders(rows: readonly ProviderRow[], sort: ProviderSort): ProviderRow[] {
  const compare = comparison(sort)
  return rows.toSorted((a, b) => compare(a, b) || byName(a, b))
}
