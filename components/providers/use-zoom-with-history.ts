'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { providerQueries } from '#lib/client/provider-queries.ts'
import { showWindow } from '#lib/client/use-time-window.ts'
import type { OutcomeSource } from '#lib/domain/outcome.ts'

type Shown = { providerId: string; intervalMs: number; source: OutcomeSource | null }

/** A failure is told where the page reads the same. */
const leave = () => undefined

/** Zooms the page, and asks for the window's charts at once: until the page itself has turned to the new window takes as long as the answer. */
export function useZoomWithHistory({ providerId, intervalMs, source }: Shown) {
  const client = useQueryClient()
  return useCallback(
    ({ from, to }: { from: number; to: number }) => {
      const window = { kind: 'past', from, to } as const
      for (const one of new Set([null, 'active' as const, source]))
        client.query(providerQueries.history(providerId, { window, intervalMs, source: one })).catch(leave)
      client.query(providerQueries.happenings(providerId, { window, intervalMs })).catch(leave)
      showWindow(window)
    },
    [client, providerId, intervalMs, source],
  )
}
