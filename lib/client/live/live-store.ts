'use client'

import { useSyncExternalStore } from 'react'
import { initialConnection, type Connection } from './connection.ts'

/** What the console knows of its live link: the stream, and whether the operator has paused it. */
export type Live = { connection: Connection; isPaused: boolean }

const BEFORE: Live = { connection: initialConnection(0), isPaused: false }

let live: Live = BEFORE
let retry: () => void = () => undefined
const listeners = new Set<() => void>()

function change(next: Live): void {
  live = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Told by the stream; a heartbeat that changes nothing but its time wakes nobody. */
export function setConnection(connection: Connection): void {
  const { connection: before, isPaused } = live
  if (connection.state === 'live' && before.state === 'live') return
  change({ connection, isPaused })
}

/** How to retry at once, given by whoever holds the stream. */
export const setRetry = (next: () => void): void => {
  retry = next
}

export const retryNow = (): void => retry()
export const setPaused = (isPaused: boolean): void => change({ ...live, isPaused })
export const isLivePaused = (): boolean => live.isPaused

/** The live link's state; not live until the browser runs. */
export const useLive = (): Live =>
  useSyncExternalStore(
    subscribe,
    () => live,
    () => BEFORE,
  )
