'use client'

import { useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { DEFAULT_RANGE, type TimeRange } from '#lib/view/time-range.ts'
import { parseTimeWindow, type TimeWindow } from '#lib/view/time-window.ts'

type Zooming = {
  window: TimeWindow
  zoom: (window: { from: number; to: number }) => void
  /** One step back out of a zoom; null while the window is live. */
  zoomOut: (() => void) | null
}

/** The window of time that the URL names, and how to zoom within it. */
export function useTimeWindow(): Zooming {
  const query = useSearchParams()
  const [range, from, to] = [query.get('range'), query.get('from'), query.get('to')]
  const window = useMemo(() => parseTimeWindow({ range, from, to }), [range, from, to])
  return { window, zoom: showWindow, zoomOut: window.kind === 'past' ? leaveZoom : null }
}

/** Puts a fixed window into the URL; going back in the browser's history leaves it. */
export function showWindow({ from, to }: { from: number; to: number }): void {
  const params = new URLSearchParams(window.location.search)
  params.set('from', new Date(from).toISOString())
  params.set('to', new Date(to).toISOString())
  // Marked, so that leaving can go back to where the zoom began rather than away from the page.
  window.history.pushState({ isZoom: true }, '', `?${params.toString()}`)
}

/** Puts a range that ends now into the URL, which ends a zoom. */
export function showRange(range: TimeRange): void {
  const params = new URLSearchParams(window.location.search)
  for (const name of ['range', 'from', 'to']) params.delete(name)
  if (range !== DEFAULT_RANGE) params.set('range', range)
  const query = params.toString()
  window.history.replaceState(null, '', query === '' ? window.location.pathname : `?${query}`)
}

function leaveZoom(): void {
  const state: unknown = window.history.state
  if (typeof state === 'object' && state !== null && 'isZoom' in state) {
    window.history.back()
    return
  }
  const params = new URLSearchParams(window.location.search)
  params.delete('from')
  params.delete('to')
  const query = params.toString()
  window.history.pushState(null, '', query === '' ? window.location.pathname : `?${query}`)
}
