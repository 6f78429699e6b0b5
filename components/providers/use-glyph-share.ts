'use client'

import { useSyncExternalStore } from 'react'

const NARROW = '(max-width: 700px)'

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(NARROW)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

/** How much of a plot's width one glyph with its count takes: more on a phone, so that fewer stand apart. */
export const useGlyphShare = (): number =>
  useSyncExternalStore(
    subscribe,
    () => (window.matchMedia(NARROW).matches ? 0.09 : 0.03),
    () => 0.03,
  )
