'use client'

import { createContext, useContext, useSyncExternalStore } from 'react'

const TICK_MS = 1_000
const SAMPLES = 20

let offsets: number[] = []
let newestAsOf = 0
let current: number | null = null
let timer: ReturnType<typeof setInterval> | null = null
const listeners = new Set<() => void>()

/**
 * Learns how far the browser's clock is from the server's out of an answer's `asOf`. Only answers newer than all
 * before count, so that a frozen server cannot make its old data look fresh.
 */
export function observeServerTime(asOf: string, receivedAt = Date.now()): void {
  const at = Date.parse(asOf)
  if (!(at > newestAsOf)) return
  newestAsOf = at
  offsets = [...offsets, receivedAt - at].slice(-SAMPLES)
}

/** A moment on the browser's clock as the server's clock has it, epoch ms: less the smallest lag seen lately. */
export const toServerTime = (browserAt: number): number =>
  browserAt - (offsets.length === 0 ? 0 : Math.min(...offsets))

/** The server's time now, epoch ms. */
export const serverNow = (): number => toServerTime(Date.now())

function tick(): void {
  current = serverNow()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(tick, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
    current = null
  }
}

/** The server's time when it rendered the page; what the first paint in the browser must agree with. */
export const RenderTimeContext = createContext(0)

/**
 * What `select` makes of the server's time, kept up each second; the component renders again only when the result
 * changes. `select` must return a primitive.
 */
export function useClock<T extends string | number | boolean | null>(select: (now: number) => T): T {
  const renderedAt = useContext(RenderTimeContext)
  return useSyncExternalStore(
    subscribe,
    () => select((current ??= serverNow())),
    () => select(renderedAt),
  )
}
