'use client'

import { useZone } from '#lib/client/use-zone.ts'
import { dateTimeWords } from '#lib/view/format.ts'
import { clockTime, momentWords } from '#lib/view/zoned-time.ts'

/** A moment on the operator's clock, epoch ms or ISO; its day and zone are in the tooltip, or shown when asked for. */
export function Time({
  at,
  show = 'clock',
}: {
  at: number | string
  show?: 'clock' | 'minute' | 'day' | 'full'
}) {
  const { zone } = useZone()
  const ms = typeof at === 'string' ? Date.parse(at) : at
  const full = dateTimeWords(ms, zone)
  const text = {
    clock: () => clockTime(ms, zone, true),
    minute: () => clockTime(ms, zone, false),
    day: () => momentWords(ms, zone, true),
    full: () => full,
  }[show]()
  return (
    <time dateTime={new Date(ms).toISOString()} title={full}>
      {text}
    </time>
  )
}
