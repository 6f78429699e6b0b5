import type { ReplayQuery } from '#lib/services/ports.ts'

/** What the replaying thread can be asked: to begin, to go on for a moment, to answer, to give up. */
export type ReplayRequest =
  { do: 'open'; query: ReplayQuery } | { do: 'step' | 'finish' | 'drop'; id: number }
