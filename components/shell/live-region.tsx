'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { createAnnouncer } from '#lib/client/live/announcer.ts'
import { useLiveSync } from '#lib/client/live/use-live-sync.ts'
import { queries } from '#lib/client/queries.ts'
import type { TransitionRecord } from '#lib/contract/circuit.ts'
import type { StreamEvent } from '#lib/contract/monitor.ts'
import { announcement } from '#lib/view/announcements.ts'

const QUIET_MS = 10_000

/** Keeps the page live, and reads transitions out to those who listen: at most one message in 10 s. */
export function LiveRegion() {
  const client = useQueryClient()
  const [message, setMessage] = useState('')
  const [announcer] = useState(() =>
    createAnnouncer<TransitionRecord>({
      quietMs: QUIET_MS,
      say: (transitions) => {
        const rows = client.getQueryData(queries.monitor().queryKey)?.providers
        setMessage(announcement(transitions, (id) => rows?.find((row) => row.id === id)?.name ?? id) ?? '')
      },
    }),
  )
  const onEvents = useCallback(
    (events: readonly StreamEvent[]) =>
      announcer.hear(events.flatMap((event) => (event.kind === 'transition' ? [event.event] : []))),
    [announcer],
  )
  useLiveSync(onEvents)
  useEffect(() => announcer.stop, [announcer])

  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {message}
    </div>
  )
}
