'use client'

import { useEffect } from 'react'

let held = 0
let isGivenUp = false

/** Holds the page for what its user has written and would lose, as long as `when`. */
export function useDraft(when: boolean): void {
  useEffect(() => {
    if (!when) return
    held += 1
    return () => {
      held -= 1
    }
  }, [when])
}

/** Whether something on the page would be lost with it. */
export const hasDrafts = (): boolean => held > 0 && !isGivenUp

/** From now on nothing holds the page: its user has said that it may be lost. */
export function giveUpDrafts(): void {
  isGivenUp = true
}
