'use client'

import { useQueries } from '@tanstack/react-query'
import { countedRefetchMs, providerQueries } from '#lib/client/provider-queries.ts'
import type { Check, History } from '#lib/contract/check.ts'
import { errorClassesIn, errorsView, type ErrorsView } from '#lib/view/errors-view.ts'
import type { TimeWindow } from '#lib/view/time-window.ts'

type Errors = { view: ErrorsView; newest: readonly Check[]; error: Error | null; isLoading: boolean }

const NO_BUCKETS: History['buckets'] = []

/** The errors of a window: counted from its history, and what went wrong from the newest failures of each class. */
export function useErrors(providerId: string, window: TimeWindow, history: History | null): Errors {
  const buckets = history?.buckets ?? NO_BUCKETS
  return useQueries({
    queries: errorClassesIn(buckets).map((errorClass) => ({
      ...providerQueries.failures(providerId, { window, class: errorClass }),
      refetchInterval: countedRefetchMs(window, history),
    })),
    combine: (results) => {
      const newest = results.flatMap(({ data }) => data ?? []).toSorted((a, b) => (a.at < b.at ? 1 : -1))
      return {
        view: errorsView(buckets, newest),
        newest,
        error: results.find(({ error }) => error !== null)?.error ?? null,
        isLoading: history === null || results.some(({ isLoading }) => isLoading),
      }
    },
  })
}
