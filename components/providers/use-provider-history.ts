'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useLive } from '#lib/client/live/live-store.ts'
import { countedRefetchMs, type Happenings, providerQueries } from '#lib/client/provider-queries.ts'
import { useZone } from '#lib/client/use-zone.ts'
import type { History } from '#lib/contract/check.ts'
import type { OutcomeSource } from '#lib/domain/outcome.ts'
import type { Ghost } from '#lib/view/ghost-view.ts'
import { type TimeGrid, timeGrid } from '#lib/view/time-grid.ts'
import type { TimeWindow } from '#lib/view/time-window.ts'
import { useGhost } from './use-ghost.ts'

const POLL_MS = 10_000

/** A provider's past in the page's window, on one grid for all charts; null while nothing has been read. */
export type ProviderHistory = {
  /** What the charts show: of the chosen source. */
  shown: History | null
  all: History | null
  active: History | null
  happenings: Happenings | null
  /** The period before, on the same grid; null unless it is asked for and read. */
  ghost: Ghost | null
  grid: TimeGrid | null
  error: Error | null
  isPast: boolean
}

export type HistoryChoice = {
  providerId: string
  window: TimeWindow
  intervalMs: number
  source: OutcomeSource | null
  /** Whether the period before is to be shown too. */
  withGhost: boolean
}

/** Reads what the charts of a provider's page need and keeps it up while the window is live. */
export function useProviderHistory({
  providerId,
  window,
  intervalMs,
  source,
  withGhost,
}: HistoryChoice): ProviderHistory {
  const { isPaused } = useLive()
  const isPast = window.kind === 'past'
  const refetchInterval = ({ state }: { state: { data: History | undefined } }) =>
    isPaused ? (false as const) : countedRefetchMs(window, state.data ?? null)
  const history = (source: OutcomeSource | null) =>
    providerQueries.history(providerId, { window, intervalMs, source })

  const all = useQuery({ ...history(null), refetchInterval })
  const active = useQuery({ ...history('active'), refetchInterval })
  const chosen = useQuery({ ...history(source), refetchInterval })
  const happenings = useQuery({
    ...providerQueries.happenings(providerId, { window, intervalMs }),
    refetchInterval: isPast || isPaused ? false : POLL_MS,
  })

  const shown = chosen.data ?? null
  const grid = useHistoryGrid(shown)
  const ghost = useGhost({ providerId, window, intervalMs, source, withGhost }, grid)
  return {
    ghost,
    shown,
    all: all.data ?? null,
    active: active.data ?? null,
    happenings: happenings.data ?? null,
    grid,
    error: chosen.error ?? happenings.error ?? active.error,
    isPast,
  }
}

/** The buckets of a history, for all charts alike; null while there is none. */
function useHistoryGrid(shown: History | null): TimeGrid | null {
  const { zone } = useZone()
  return useMemo(() => {
    if (shown === null) return null
    const { from, to, resolutionMs } = shown
    return timeGrid({ from: Date.parse(from), to: Date.parse(to), resolutionMs, now: Date.parse(to), zone })
  }, [shown, zone])
}
