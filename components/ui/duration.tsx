'use client'

import { useClock } from '#lib/client/clock.ts'
import { ageWords, leftWords, roughSpanWords, spanWords } from '#lib/view/format.ts'

const WORDS = {
  /** `1 min 22 s` since then. */
  since: (at: number, now: number) => spanWords(now - at),
  /** `4 min` since then, for sentences. */
  roughly: (at: number, now: number) => roughSpanWords(now - at),
  /** `2 s ago`. */
  ago: ageWords,
  /** `38 s` until then; `0 s` when it is over. */
  left: leftWords,
  /** `41 min` until then, for what is long. */
  leftRoughly: (at: number, now: number) => roughSpanWords(Math.max(0, at - now)),
}

/** The time since or until a moment, kept up each second; `at` is epoch ms or ISO. */
export function Duration({ at, show }: { at: number | string; show: keyof typeof WORDS }) {
  const ms = typeof at === 'string' ? Date.parse(at) : at
  return <>{useClock((now) => WORDS[show](ms, now))}</>
}
