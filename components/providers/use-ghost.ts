'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useLive } from '#lib/client/live/live-store.ts'
import { providerQueries, steadyRefetchMs } from '#lib/client/provider-queries.ts'
import { type Ghost, ghostView, ghostWords } from '#lib/view/ghost-view.ts'
import type { TimeGrid } from '#lib/view/time-grid.ts'
import type { HistoryChoice } from './use-provider-history.ts'

/** The period before the window on its grid; null unless it is asked for and read. */
export function useGhost(choice: HistoryChoice, grid: TimeGrid | null): Ghost | null {
  const { providerId, window, intervalMs, source, withGhost } = choice
  const { isPaused } = useLive()
  const { data } = useQuery({
    ...providerQueries.before(providerId, { window, intervalMs, source }),
    enabled: withGhost,
    refetchInterval: isPaused ? false : steadyRefetchMs(window),
  })
  return useMemo(
    () => (withGhost && grid && data ? ghostView(grid, { ...data, words: ghostWords(window) }) : null),
    [withGhost, grid, data, window],
  )
}
