'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { isLivePaused } from '#lib/client/live/live-store.ts'
import { queries } from '#lib/client/queries.ts'
import { useProviderNames } from '#lib/client/use-provider-names.ts'
import { failureFacts } from '#lib/client/request-error.ts'
import { useClock } from '#lib/client/clock.ts'
import { orderCircuits, type NamedCircuit } from '#lib/view/circuit-row-view.ts'
import { dataCondition, type PanelCondition } from '#lib/view/panel-condition.ts'

/** Windows and trials move with every call, which no event tells. */
const POLL_MS = 5_000

/** All circuits, the most urgent first, and what is to be said about them. */
export function useCircuits(): { circuits: readonly NamedCircuit[]; condition: PanelCondition } {
  const { data, error } = useQuery({
    ...queries.circuits(),
    refetchInterval: () => (isLivePaused() ? false : POLL_MS),
  })
  const names = useProviderNames()
  const circuits = useMemo(() => {
    return orderCircuits(
      (data?.circuits ?? []).map((circuit) => ({
        ...circuit,
        name: names[circuit.providerId] ?? circuit.providerId,
      })),
    )
  }, [data, names])
  const facts = { asOf: data?.asOf ?? null, error: failureFacts(error) }
  const kind = useClock((now) => dataCondition({ ...facts, now }).kind)
  const asOf = facts.asOf ?? 0
  const isOld = kind === 'stale' || kind === 'unknown' || kind === 'disconnected'
  return { circuits, condition: isOld ? { kind, asOf } : dataCondition({ ...facts, now: asOf }) }
}
