'use client'

import { useMemo } from 'react'
import { useUrlState } from '#lib/client/use-url-state.ts'
import { INCIDENT_STATES } from '#lib/domain/alerts/incident.ts'
import type { IncidentFilter } from '#lib/view/incident-view.ts'

/** Which incidents the lists show, as the URL has it, and how to ask for others. */
export function useIncidentFilter(): {
  filter: IncidentFilter
  setState: (state: string | null) => void
  setProvider: (provider: string | null) => void
} {
  const [text, setState] = useUrlState('state')
  const [provider, setProvider] = useUrlState('provider')
  const state = INCIDENT_STATES.find((one) => one === text) ?? null
  return { filter: useMemo(() => ({ state, provider }), [state, provider]), setState, setProvider }
}
