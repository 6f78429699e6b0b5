'use client'

import { useCallback, useEffect, useState } from 'react'

const TICK_MS = 250

const secondsUntil = (until: number) => Math.max(0, Math.ceil((until - Date.now()) / 1_000))

/** Whole seconds that are left of a wait, and what begins one of so many; 0 when none is on. */
export function useCountdown(): [left: number, begin: (seconds: number) => void] {
  const [until, setUntil] = useState<number | null>(null)
  const [left, setLeft] = useState(0)
  useEffect(() => {
    if (until === null) return
    const timer = setInterval(() => {
      const seconds = secondsUntil(until)
      setLeft(seconds)
      if (seconds === 0) setUntil(null)
    }, TICK_MS)
    return () => clearInterval(timer)
  }, [until])
  const begin = useCallback((seconds: number) => {
    setUntil(Date.now() + seconds * 1_000)
    setLeft(seconds)
  }, [])
  return [left, begin]
}
