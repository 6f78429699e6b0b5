'use client'

import { useMemo } from 'react'
import { useClock } from '#lib/client/clock.ts'
import { type TimeWindow, windowMs } from '#lib/view/time-window.ts'

const STEP_MS = 5_000

/** Where the window begins and ends and what time it is, epoch ms; one that moves does so in steps of 5 s. */
export function useWindowEnds(window: TimeWindow): { from: number; to: number; now: number } {
  const isLive = window.kind === 'live'
  const now = useClock((at) => (isLive ? (Math.floor(at / STEP_MS) + 1) * STEP_MS : window.to))
  return useMemo(
    () =>
      window.kind === 'live'
        ? { from: now - windowMs(window), to: now, now }
        : // What lies in the past is not going on.
          { from: window.from, to: window.to, now: Number.POSITIVE_INFINITY },
    [window, now],
  )
}
