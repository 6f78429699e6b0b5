'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { streamEventSchema, type StreamEvent } from '#lib/contract/monitor.ts'
import { queries } from '../queries.ts'
import { useSession } from '../session.ts'
import { recheckWho } from '../who-query.ts'
import { feedCache } from './feed-cache.ts'
import { isLivePaused, setConnection, setRetry, useLive } from './live-store.ts'
import { joinSharedStream } from './shared-stream.ts'
import { useRecovery } from './use-recovery.ts'

const GATHER_MS = 100
const POLL_MS = 10_000
const HEALTH_POLL_MS = 15_000

/** Keeps the cache in step with the server for as long as it is mounted; `onEvents` hears each batch too. */
export function useLiveSync(onEvents: (events: readonly StreamEvent[]) => void): void {
  const client = useQueryClient()
  const { connection, isPaused } = useLive()
  const { isSignedOut } = useSession()

  useEffect(() => {
    // Who is signed out would only be turned away, again and again.
    if (isSignedOut) return
    const feed = feedCache(client)
    let gathered: StreamEvent[] = []
    let timer: ReturnType<typeof setTimeout> | null = null
    const flush = () => {
      timer = null
      const events = gathered
      gathered = []
      if (isLivePaused()) return
      feed(events)
      onEvents(events)
    }
    const stream = joinSharedStream({
      lastEventId: () => {
        const monitor = client.getQueryData(queries.monitor().queryKey)
        return monitor === undefined ? null : `${monitor.bootId}:${monitor.seq}`
      },
      onConnection: setConnection,
      onEvent: (text) => {
        const parsed = parseEvent(text)
        if (parsed === null) return
        gathered.push(parsed)
        timer ??= setTimeout(flush, GATHER_MS)
      },
    })
    setRetry(stream.retry)
    return () => {
      if (timer !== null) clearTimeout(timer)
      stream.close()
    }
  }, [client, onEvents, isSignedOut])

  const isWaiting = connection.state === 'waiting'
  useEffect(() => {
    // The browser does not say why a stream ended: it may be that the session has.
    if (isWaiting) void recheckWho(client)
  }, [client, isWaiting])

  const mustPoll = connection.state !== 'live' && !isPaused && !isSignedOut
  useQuery({ ...queries.monitor(), refetchInterval: mustPoll ? POLL_MS : false })
  useQuery({ ...queries.health(), refetchInterval: mustPoll ? HEALTH_POLL_MS : false })

  useRecovery({ isOn: !isPaused && !isSignedOut, isLive: connection.state === 'live' })

  // Whatever happened while paused was not applied: ask for the whole when it goes on.
  useEffect(() => {
    if (!isPaused) return
    return () => void client.invalidateQueries()
  }, [client, isPaused])
}

function parseEvent(text: string): StreamEvent | null {
  try {
    return streamEventSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
