/** Answers that say who asks is not let in, or not to this. */
const STATUSES: readonly number[] = [401, 403]

const listeners = new Set<() => void>()

/** Hears of every call that was turned away; returns how to stop hearing. */
export function onTurnedAway(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Tells of an answer to a call, by its status. */
export function noteAnswer(status: number): void {
  if (STATUSES.includes(status)) for (const listener of listeners) listener()
}
