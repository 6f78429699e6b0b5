'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { auditQueries, type AuditFilter } from '#lib/client/audit-queries.ts'
import { useLive } from '#lib/client/live/live-store.ts'
import { isRequestError } from '#lib/client/request-error.ts'
import { listCondition } from '#lib/client/waiting-condition.ts'
import { LEAST_ROLE } from '#lib/domain/access/roles.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'

const POLL_MS = 5_000
const NONE: PanelCondition = { kind: 'empty', text: 'Nobody has changed anything yet.' }

/** The entries that are asked for, kept up while nobody has paged back, and what is to be said about them. */
export function useAudit(filter: AuditFilter) {
  const { isPaused } = useLive()
  const log = useInfiniteQuery({
    ...auditQueries.entries(filter),
    refetchInterval: ({ state }) =>
      isPaused || state.data?.pages.length !== 1 || isForbidden(state.error) ? false : POLL_MS,
  })
  const entries = useMemo(() => (log.data?.pages ?? []).flatMap(({ items }) => items), [log.data])
  const condition: PanelCondition = isForbidden(log.error)
    ? { kind: 'forbidden', role: LEAST_ROLE['audit.read'] }
    : listCondition(log, log.data && entries, isFiltered(filter) ? undefined : NONE)
  return { entries, log, condition }
}

const isForbidden = (error: Error | null) => isRequestError(error) && error.status === 403

const isFiltered = (filter: AuditFilter) => Object.values(filter).some((value) => value !== null)
