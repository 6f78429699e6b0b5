'use client'

import { useMemo } from 'react'
import type { DecisionFilter } from '#lib/client/routing-queries.ts'
import { useUrlState } from '#lib/client/use-url-state.ts'

/** Which decisions the list shows, as the URL has it (`route`, `provider`, `failed`), and how to ask for others. */
export function useDecisionFilter(): {
  filter: DecisionFilter
  setRoute: (route: string | null) => void
  setProvider: (providerId: string | null) => void
  setFailed: (failed: boolean) => void
  clear: () => void
} {
  const [route, setRoute] = useUrlState('route')
  const [providerId, setProvider] = useUrlState('provider')
  const [failed, setFailed] = useUrlState('failed')
  const filter = useMemo(() => ({ route, providerId, failed: failed !== null }), [route, providerId, failed])
  return {
    filter,
    setRoute,
    setProvider,
    setFailed: (wanted) => setFailed(wanted ? '1' : null),
    clear: () => {
      setRoute(null)
      setProvider(null)
      setFailed(null)
    },
  }
}
