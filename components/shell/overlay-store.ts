'use client'

import { useSyncExternalStore } from 'react'

/** What the shell can lay over a page. */
export type Overlay = 'palette' | 'help' | 'range'

let open: Overlay | null = null
const listeners = new Set<() => void>()

function change(next: Overlay | null): void {
  open = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const openOverlay = (overlay: Overlay): void => change(overlay)
export const closeOverlay = (): void => change(null)

/** The overlay that is open now; null when none is. */
export const useOverlay = (): Overlay | null =>
  useSyncExternalStore(
    subscribe,
    () => open,
    () => null,
  )
