'use client'

import { useSearchParams } from 'next/navigation'
import { useMemo, useSyncExternalStore } from 'react'
import type { TimeRange } from '#lib/view/time-range.ts'
import { parseTimeWindow, type TimeWindow } from '#lib/view/time-window.ts'

type Zooming = {
  window: TimeWindow
  zoom: (window: { from: number; to: number }) => void
  /** One step back out of a zoom; null while the window is live. */
  zoomOut: (() => void) | null
}

/** The window of time that the URL names, and how to zoom within it. */
export function useTimeWindow(): Zooming {
  const asked = useSearchParams().toString()
  // Next shows a new query in slices between other work; a zoom is shown at once.
  const shown = useSyncExternalStore(
    subscribe,
    () => window.location.search,
    () => asked,
  )
  const query = useMemo(() => new URLSearchParams(shown), [shown])
  const [range, from, to] = [query.get('range'), query.get('from'), query.get('to')]
  const timeWindow = useMemo(() => parseTimeWindow({ range, from, to }), [range, from, to])
  return { window: timeWindow, zoom: showWindow, zoomOut: timeWindow.kind === 'past' ? leaveZoom : null }
}

const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('popstate', listener)
  }
}

/** Changes the URL's query without leaving the page. */
function showQuery(params: URLSearchParams, how: 'pushState' | 'replaceState', state: object | null): void {
  const query = params.toString()
  window.history[how](state, '', query === '' ? window.location.pathname : `?${query}`)
  for (const listener of listeners) listener()
}

/** Puts a fixed window into the URL; going back in the browser's history leaves it. */
export function showWindow({ from, to }: { from: number; to: number }): void {
  const params = new URLSearchParams(window.location.search)
  params.set('from', new Date(from).toISOString())
  params.set('to', new Date(to).toISOString())
  // Marked, so that leaving can go back to where the zoom began rather than away from the page.
  showQuery(params, 'pushState', { isZoom: true })
}

/** Puts a range that ends now into the URL, which ends a zoom. */
export function showRange(range: TimeRange): void {
  const params = new URLSearchParams(window.location.search)
  for (const name of ['from', 'to']) params.delete(name)
  params.set('range', range)
  showQuery(params, 'replaceState', null)
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
  showQuery(params, 'pushState', null)
}
