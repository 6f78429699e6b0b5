'use client'

import { useQuery } from '@tanstack/react-query'
import { useLive } from '#lib/client/live/live-store.ts'
import { openIncidentsQuery } from '#lib/client/open-incidents-query.ts'
import { useSession } from '#lib/client/session.ts'
import type { IncidentRow } from '#lib/contract/incident-row.ts'

const POLL_MS = 10_000

/** The open incidents as every page needs them, asked for again when the stream tells of one; null while not known. */
export function useOpenIncidents(): readonly IncidentRow[] | null {
  const { connection, isPaused } = useLive()
  const { isSignedOut } = useSession()
  const mustPoll = connection.state !== 'live' && !isPaused
  const { data } = useQuery({
    ...openIncidentsQuery(),
    enabled: !isSignedOut,
    refetchInterval: mustPoll ? POLL_MS : false,
  })
  return data?.incidents ?? null
}
