'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { auditQueries, type AuditFilter } from '#lib/client/audit-queries.ts'
import { useLive } from '#lib/client/live/live-store.ts'
import { failureFacts, isRequestError } from '#lib/client/request-error.ts'
import { LEAST_ROLE } from '#lib/domain/access/roles.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'

const POLL_MS = 5_000

/** The entries that are asked for, kept up while nobody has paged back, and what is to be said about them. */
export function useAudit(filter: AuditFilter) {
  const { isPaused } = useLive()
  const log = useInfiniteQuery({
    ...auditQueries.entries(filter),
    refetchInterval: ({ state }) =>
      isPaused || state.data?.pages.length !== 1 || isForbidden(state.error) ? false : POLL_MS,
  })
  const entries = useMemo(() => (log.data?.pages ?? []).flatMap(({ items }) => items), [log.data])
  const facts = { error: log.error, isPending: log.isPending, isEmpty: entries.length === 0, filter }
  return { entries, log, condition: conditionOf(facts) }
}

const isForbidden = (error: Error | null) => isRequestError(error) && error.status === 403

type Facts = { error: Error | null; isPending: boolean; isEmpty: boolean; filter: AuditFilter }

function conditionOf({ error, isPending, isEmpty, filter }: Facts): PanelCondition {
  if (isForbidden(error)) return { kind: 'forbidden', role: LEAST_ROLE['audit.read'] }
  const failure = failureFacts(error)
  if (failure !== null && isEmpty) return { kind: 'failed', ...failure }
  if (isPending) return { kind: 'loading' }
  if (!isEmpty) return failure === null ? { kind: 'ready' } : { kind: 'partial', text: failure.text }
  const isFiltered = Object.values(filter).some((value) => value !== null)
  return {
    kind: 'empty',
    text: isFiltered ? 'No entry is like this.' : 'Nobody has changed anything yet.',
  }
}
