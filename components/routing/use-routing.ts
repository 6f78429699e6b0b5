'use client'

import { useQuery } from '@tanstack/react-query'
import { useClock } from '#lib/client/clock.ts'
import { useLive } from '#lib/client/live/live-store.ts'
import { failureFacts } from '#lib/client/request-error.ts'
import { routingQueries } from '#lib/client/routing-queries.ts'
import type { RoutingState } from '#lib/contract/decision.ts'
import { dataCondition, type PanelCondition } from '#lib/view/panel-condition.ts'

/** Shares and eligibility move with every request, which no event tells. */
const POLL_MS = 5_000

/** Every route as it stands, kept up, and what is to be said about it. */
export function useRouting(): { state: RoutingState | null; condition: PanelCondition } {
  const { connection, isPaused } = useLive()
  const { data, error } = useQuery({ ...routingQueries.state(), refetchInterval: isPaused ? false : POLL_MS })
  const facts = {
    asOf: data === undefined ? null : Date.parse(data.asOf),
    error: failureFacts(error),
    disconnected: connection.state === 'waiting' && error !== null,
  }
  const kind = useClock((now) => dataCondition({ ...facts, now }).kind)
  const asOf = facts.asOf ?? 0
  const isOld = kind === 'stale' || kind === 'unknown' || kind === 'disconnected'
  return {
    state: data ?? null,
    condition: isOld ? { kind, asOf } : dataCondition({ ...facts, now: asOf }),
  }
}
