'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback } from 'react'

const NONE: readonly string[] = []

/**
 * One value in the URL's query, and how to change it (null takes it out) without asking the server for the page again.
 * A change takes out the values that it `replaces`, too; pass a constant.
 */
export function useUrlState(
  name: string,
  replaces: readonly string[] = NONE,
): readonly [string | null, (value: string | null) => void] {
  const value = useSearchParams().get(name)
  const set = useCallback(
    (next: string | null) => {
      const params = new URLSearchParams(window.location.search)
      if (next === null || next === '') params.delete(name)
      else params.set(name, next)
      for (const replaced of replaces) params.delete(replaced)
      const query = params.toString()
      window.history.replaceState(null, '', query === '' ? window.location.pathname : `?${query}`)
    },
    [name, replaces],
  )
  return [value, set]
}
