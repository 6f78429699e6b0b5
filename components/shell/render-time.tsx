'use client'

import type { ReactNode } from 'react'
import { RenderTimeContext } from '#lib/client/clock.ts'

/** Tells the first paint in the browser at what time (epoch ms) the server drew the same. */
export function RenderTime({ at, children }: { at: number; children: ReactNode }) {
  return <RenderTimeContext value={at}>{children}</RenderTimeContext>
}
