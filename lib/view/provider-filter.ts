import type { ProviderRow } from '#lib/contract/monitor.ts'
import { searchRows } from './row-search.ts'

/** What the overview can be narrowed to. */
export const PROVIDER_FILTERS = [
  'problems',
  'unhealthy',
  'degraded',
  'unknown',
  'healthy',
  'held',
  'disabled',
] as const
export type ProviderFilter = (typeof PROVIDER_FILTERS)[number]

/** The filter that the URL's `show` names; anything else is none. */
export const parseProviderFilter = (text: string | null): ProviderFilter | null =>
  PROVIDER_FILTERS.find((filter) => filter === text) ?? null

const isHeld = ({ circuit, openModels, heldModels }: ProviderRow) =>
  circuit.override !== null || circuit.effective !== 'closed' || openModels > 0 || heldModels !== null

const ofStatus =
  (status: ProviderRow['status']) =>
  (row: ProviderRow): boolean =>
    row.enabled && row.status === status

const PASSES: Record<ProviderFilter, (row: ProviderRow) => boolean> = {
  problems: (row) => row.enabled && (row.status === 'unhealthy' || row.status === 'degraded' || isHeld(row)),
  unhealthy: ofStatus('unhealthy'),
  degraded: ofStatus('degraded'),
  unknown: ofStatus('unknown'),
  healthy: ofStatus('healthy'),
  held: (row) => row.enabled && isHeld(row),
  disabled: (row) => !row.enabled,
}

/** The rows that pass the filter (null: all) and contain the text. */
export const filterProviders = (
  rows: readonly ProviderRow[],
  { filter, text }: { filter: ProviderFilter | null; text: string },
): readonly ProviderRow[] => searchRows(filter === null ? rows : rows.filter(PASSES[filter]), text)
