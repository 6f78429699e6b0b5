'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { RECOVERABLE } from '../failed-queries.ts'

const EVERY_MS = 10_000

/**
 * While it is on, asks again for what is shown and could not be read because the server was away: every so often, and
 * at once when the stream comes. Much of it nobody polls, so that only a press would bring it back.
 */
export function useRecovery({ isOn, isLive }: { isOn: boolean; isLive: boolean }): void {
  const client = useQueryClient()
  useEffect(() => {
    if (!isOn) return
    const tryAgain = () => void client.refetchQueries(RECOVERABLE)
    if (isLive) tryAgain()
    const timer = setInterval(tryAgain, EVERY_MS)
    return () => clearInterval(timer)
  }, [client, isOn, isLive])
}
