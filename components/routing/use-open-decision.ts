'use client'

import { useSearchParams } from 'next/navigation'

const NAME = 'decision'

/** The query of the page with this decision open; null: with none. */
function queryWith(id: string | null): string {
  const params = new URLSearchParams(window.location.search)
  if (id === null) params.delete(NAME)
  else params.set(NAME, id)
  const query = params.toString()
  return query === '' ? window.location.pathname : `?${query}`
}

const isOwnStep = (state: unknown) => typeof state === 'object' && state !== null && 'isDecision' in state

function open(id: string): void {
  const change = isOwnStep(window.history.state) ? 'replaceState' : 'pushState'
  // Marked, so that closing goes back to the list rather than away from the page.
  window.history[change]({ isDecision: true }, '', queryWith(id))
}

function close(): void {
  if (isOwnStep(window.history.state)) window.history.back()
  else window.history.replaceState(null, '', queryWith(null))
}

/** The decision that the URL names, by its own id or its request's, and how to open and close one. */
export function useOpenDecision(): { id: string | null; open: (id: string) => void; close: () => void } {
  const id = useSearchParams().get(NAME)
  return { id: id === '' ? null : id, open, close }
}
