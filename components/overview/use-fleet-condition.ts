'use client'

import { useQuery } from '@tanstack/react-query'
import { useClock } from '#lib/client/clock.ts'
import { useLive } from '#lib/client/live/live-store.ts'
import { queries } from '#lib/client/queries.ts'
import { failureFacts } from '#lib/client/request-error.ts'
import type { Monitor } from '#lib/contract/monitor.ts'
import { freshnessOf } from '#lib/view/freshness.ts'
import { dataCondition, type PanelCondition, type PanelFacts } from '#lib/view/panel-condition.ts'
import { missingProviders } from '#lib/view/partial-fleet.ts'

const factsOf = (monitor: Monitor | undefined): Pick<PanelFacts, 'asOf' | 'missing'> =>
  monitor === undefined
    ? { asOf: null }
    : { asOf: Date.parse(monitor.asOf), missing: missingProviders(monitor) }

/** What a panel about the fleet as it is now has to say about its data; that we are impaired, the page says above it. */
export function useFleetCondition(): PanelCondition {
  const { data: monitor, error, isFetching } = useQuery(queries.monitor())
  const { state } = useLive().connection
  const facts = {
    ...factsOf(monitor),
    error: failureFacts(error),
    disconnected: state === 'waiting' && error !== null,
    refreshing: isFetching && state !== 'live',
  }
  // The panel draws again when another condition holds, not each second.
  const kind = useClock((now) => dataCondition({ ...facts, now }).kind)
  const asOf = facts.asOf ?? 0
  const isOld = useClock((now) => freshnessOf(asOf, now) !== 'fresh')
  if (kind === 'stale' || kind === 'unknown' || kind === 'disconnected') return { kind, asOf }
  const condition = dataCondition({ ...facts, now: asOf })
  return condition.kind === 'failed_refresh' ? { ...condition, isOld } : condition
}
