'use client'

import { useMemo } from 'react'
import { useProviderNames } from '#lib/client/use-provider-names.ts'
import { useUrlState } from '#lib/client/use-url-state.ts'
import { INCIDENT_STATES } from '#lib/domain/alerts/incident.ts'
import { type IncidentFilter, INCIDENT_STATE_WORDS } from '#lib/view/incident-view.ts'
import { filtersInForce } from '#lib/view/no-match.ts'

/** Which incidents the lists show, as the URL has it, and how to ask for others. */
export function useIncidentFilter(): {
  filter: IncidentFilter
  setState: (state: string | null) => void
  setProvider: (provider: string | null) => void
  clear: () => void
  /** The filters that are in force, in words. */
  inForce: readonly string[]
} {
  const [text, setState] = useUrlState('state')
  const [provider, setProvider] = useUrlState('provider')
  const state = INCIDENT_STATES.find((one) => one === text) ?? null
  const names = useProviderNames()
  const clear = () => {
    setState(null)
    setProvider(null)
  }
  const inForce = filtersInForce([
    ['state', state && INCIDENT_STATE_WORDS[state]],
    ['provider', provider && (names[provider] ?? provider)],
  ])
  return {
    filter: useMemo(() => ({ state, provider }), [state, provider]),
    setState,
    setProvider,
    clear,
    inForce,
  }
}
