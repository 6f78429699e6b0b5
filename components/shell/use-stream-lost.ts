'use client'

import { toServerTime, useClock } from '#lib/client/clock.ts'
import { useLive } from '#lib/client/live/live-store.ts'

const LOST_MS = 30_000

/** Whether the live stream has been away for so long that it must be said. */
export function useStreamLost(): boolean {
  const { connection, isPaused } = useLive()
  const isLost = useClock(
    (now) =>
      connection.state !== 'live' && connection.since > 0 && now - toServerTime(connection.since) > LOST_MS,
  )
  return isLost && !isPaused
}
