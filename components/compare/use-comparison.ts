'use client'

import { useQueries, useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { useLive } from '#lib/client/live/live-store.ts'
import { providerQueries } from '#lib/client/provider-queries.ts'
import { queries } from '#lib/client/queries.ts'
import {
  comparables,
  type Comparable,
  type Compared,
  comparedKey,
  parseComparison,
} from '#lib/view/compare-choice.ts'
import type { CompareInput } from '#lib/view/compare-view.ts'
import type { TimeWindow } from '#lib/view/time-window.ts'

const POLL_MS = 10_000
const NOBODY: readonly [] = []
/** Checks come this far apart unless the fleet says otherwise. */
const USUAL_INTERVAL_MS = 30_000

/** What the URL names for comparing, how to change it, and all there is to choose from. */
export function useComparison() {
  const asked = useSearchParams().getAll('with').join('\n')
  const chosen = useMemo(() => parseComparison(asked === '' ? [] : asked.split('\n')), [asked])
  const { data: monitor } = useQuery(queries.monitor())
  const { data: known } = useQuery(queries.circuits())
  const all = useMemo(
    () => comparables(monitor?.providers ?? NOBODY, known?.circuits ?? NOBODY),
    [monitor?.providers, known],
  )
  const intervalMs = Math.max(
    ...(monitor?.providers ?? NOBODY)
      .filter(({ id }) => chosen.some(({ providerId }) => providerId === id))
      .map((provider) => provider.intervalMs),
    0,
  )
  return { chosen, all, intervalMs: intervalMs === 0 ? USUAL_INTERVAL_MS : intervalMs }
}

/** Puts what is to be compared into the URL. */
export function showComparison(chosen: readonly Compared[]): void {
  const params = new URLSearchParams(window.location.search)
  params.delete('with')
  for (const one of chosen) params.append('with', comparedKey(one))
  const query = params.toString()
  window.history.replaceState(null, '', query === '' ? window.location.pathname : `?${query}`)
}

type Asked = {
  chosen: readonly Compared[]
  all: readonly Comparable[]
  window: TimeWindow
  intervalMs: number
}

/** The histories of what is compared, all in the same buckets, kept up while the window is live. */
export function useComparedHistories({ chosen, all, window, intervalMs }: Asked): {
  inputs: readonly CompareInput[]
  error: Error | null
  failed: number
} {
  const { isPaused } = useLive()
  const { histories, error, failed } = useQueries({
    queries: chosen.map(({ providerId, model }) => ({
      ...providerQueries.history(providerId, { window, intervalMs, source: null, model }),
      refetchInterval: window.kind === 'past' || isPaused ? (false as const) : POLL_MS,
    })),
    combine: (results) => ({
      histories: results.map(({ data, isPlaceholderData }) => (isPlaceholderData ? null : (data ?? null))),
      error: results.find((result) => result.error !== null)?.error ?? null,
      failed: results.filter((result) => result.error !== null && !result.data).length,
    }),
  })
  const inputs = useMemo(() => {
    const labels = new Map(all.map(({ key, label }) => [key, label]))
    return chosen.map((one, i) => {
      const key = comparedKey(one)
      return { key, label: labels.get(key) ?? key, history: histories[i] ?? null }
    })
  }, [chosen, all, histories])
  return { inputs, error, failed }
}
