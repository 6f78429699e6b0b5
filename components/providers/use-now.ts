'use client'

import { useClock } from '#lib/client/clock.ts'

/** The server's time in whole seconds, epoch ms; the component renders again each second. */
export const useNow = (): number => useClock((now) => now - (now % 1_000))
