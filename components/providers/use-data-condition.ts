'use client'

import { useClock } from '#lib/client/clock.ts'
import { useLive } from '#lib/client/live/live-store.ts'
import { isRequestError } from '#lib/client/request-error.ts'
import { AGEING_MS, EXPIRED_MS, freshnessOf } from '#lib/view/freshness.ts'
import { dataCondition, type PanelCondition } from '#lib/view/panel-condition.ts'

type Asked = {
  /** When the server took the data, ISO; null: none yet. */
  asOf: string | null
  error: Error | null
  /** Data about the past does not age. */
  isPast?: boolean
  /** What is missing from the data, in words. */
  missing?: string | null
}

/** What a panel has to say about its data, kept up as the data ages. */
export function useDataCondition({ asOf, error, isPast = false, missing = null }: Asked): PanelCondition {
  const { connection } = useLive()
  const at = asOf === null ? null : Date.parse(asOf)
  const freshness = useClock((now) => (at === null || isPast ? 'fresh' : freshnessOf(at, now)))
  const ageMs = { fresh: 0, ageing: AGEING_MS + 1, expired: EXPIRED_MS + 1 }[freshness]
  return dataCondition({
    asOf: at,
    now: (at ?? 0) + ageMs,
    error: error === null ? null : failureOf(error),
    disconnected: connection.state === 'waiting',
    missing,
  })
}

const failureOf = (error: Error) => ({
  text: error.message,
  requestId: isRequestError(error) ? (error.problem?.requestId ?? null) : null,
})
