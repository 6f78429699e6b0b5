'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback } from 'react'

/** One value in the URL's query, and how to change it (null takes it out) without asking the server for the page again. */
export function useUrlState(name: string): readonly [string | null, (value: string | null) => void] {
  const value = useSearchParams().get(name)
  const set = useCallback(
    (next: string | null) => {
      const params = new URLSearchParams(window.location.search)
      if (next === null || next === '') params.delete(name)
      else params.set(name, next)
      const query = params.toString()
      window.history.replaceState(null, '', query === '' ? window.location.pathname : `?${query}`)
    },
    [name],
  )
  return [value, set]
}
