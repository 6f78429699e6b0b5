'use client'

import { useUrlState } from '#lib/client/use-url-state.ts'

/** The number of the entry that the URL names, and how to open and close one. */
export function useOpenEntry(): { number: number | null; open: (number: number) => void; close: () => void } {
  const [text, set] = useUrlState('entry')
  const number = text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null
  return { number, open: (wanted) => set(String(wanted)), close: () => set(null) }
}
