'use client'

import { useSyncExternalStore } from 'react'

const CHANGED = 'switchyard:preference'

/** The name under which a preference is kept in this browser. */
export const preferenceKey = (name: string): string => `switchyard.${name}`

function read<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
  try {
    const stored = localStorage.getItem(preferenceKey(name))
    return allowed.find((value) => value === stored) ?? fallback
  } catch {
    return fallback
  }
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('storage', listener)
  window.addEventListener(CHANGED, listener)
  return () => {
    window.removeEventListener('storage', listener)
    window.removeEventListener(CHANGED, listener)
  }
}

/** Keeps a preference in this browser and tells every user of it, in all tabs. */
export function setPreference(name: string, value: string): void {
  try {
    localStorage.setItem(preferenceKey(name), value)
  } catch {
    // A browser that keeps nothing still works; the choice is lost with the page.
  }
  window.dispatchEvent(new Event(CHANGED))
}

/** A choice kept in this browser; `allowed[0]` until chosen, and on the server. */
export function usePreference<const T extends string>(name: string, allowed: readonly [T, ...T[]]): T {
  return useSyncExternalStore(
    subscribe,
    () => read(name, allowed, allowed[0]),
    () => allowed[0],
  )
}
