'use client'

import { useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import type { AuditFilter } from '#lib/client/audit-queries.ts'
import { useTimeWindow } from '#lib/client/use-time-window.ts'
import { useUrlState } from '#lib/client/use-url-state.ts'
import { useZone } from '#lib/client/use-zone.ts'
import { auditFilters } from '#lib/view/audit-filters.ts'
import { windowInWords } from '#lib/view/time-window.ts'

const ENDS = ['from', 'to'] as const

type Setters = Record<'q' | 'actor' | 'action' | 'entity' | 'outcome', (value: string | null) => void>

/** Which entries the list shows, as the URL has it, and how to ask for others. Without a range it is any time. */
export function useAuditFilter(): {
  filter: AuditFilter
  set: Setters
  setRange: (range: string | null) => void
  clear: () => void
  /** The filters that are in force, in words. */
  inForce: readonly string[]
} {
  const [q, setQ] = useUrlState('q')
  const [actor, setActor] = useUrlState('actor')
  const [action, setAction] = useUrlState('action')
  const [entity, setEntity] = useUrlState('entity')
  const [outcome, setOutcome] = useUrlState('outcome')
  const [, setRange] = useUrlState('range', ENDS)
  const { window } = useTimeWindow()
  const { zone } = useZone()
  const hasRange = useSearchParams().get('range') !== null
  const time = useMemo(() => {
    if (window.kind === 'past') return { from: window.from, to: window.to }
    return hasRange ? window.range : null
  }, [window, hasRange])
  const filter = useMemo(
    () => ({ q, actor, action, entity, outcome, time }),
    [q, actor, action, entity, outcome, time],
  )
  const set = { q: setQ, actor: setActor, action: setAction, entity: setEntity, outcome: setOutcome }
  return {
    filter,
    set,
    setRange,
    clear: () => {
      for (const setOne of Object.values(set)) setOne(null)
      setRange(null)
    },
    inForce: auditFilters({ ...filter, time: time && windowInWords(window, zone) }),
  }
}
