'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { replayQueries, type ReplayAsk, type ReplayProgress } from '#lib/client/replay-queries.ts'
import type { SettingsSuggestion } from '#lib/contract/preview.ts'

/** A search over combinations of thresholds, begun and stopped by the operator. */
export type SuggestionSearch = {
  /** The newest answer and what it was made for; it stays until the next one is there. */
  answer: { ask: ReplayAsk; suggestion: SettingsSuggestion } | null
  error: Error | null
  /** Null when nothing is running. */
  progress: ReplayProgress | 'begun' | null
  begin: (ask: ReplayAsk) => void
  stop: () => void
}

/** Searches when told to. */
export function useSuggestion(): SuggestionSearch {
  const client = useQueryClient()
  const [search, setSearch] = useState<{ ask: ReplayAsk | null; nth: number }>({ ask: null, nth: 0 })
  const query = useQuery(replayQueries.suggestion(search.ask, search.nth))
  const { data: progress } = useQuery(replayQueries.progress('suggestion'))
  return {
    answer: query.data ?? null,
    error: query.error,
    progress: query.isFetching ? (progress ?? 'begun') : null,
    begin: (ask) => setSearch(({ nth }) => ({ ask, nth: nth + 1 })),
    stop: () => void client.cancelQueries({ queryKey: replayQueries.kind('suggestion') }),
  }
}
