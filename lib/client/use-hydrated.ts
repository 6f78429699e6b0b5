'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** Whether the page's scripts are at work: false on the server and in the first paint. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
