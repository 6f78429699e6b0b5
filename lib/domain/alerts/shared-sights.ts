import type { Seen } from './verdict.ts'

/** What was seen in one tick, by its sentence. */
export type SharedSights = Map<string, Seen>

/** What is seen, as the object that it was when the same was seen before: rules that ask alike see alike. */
export function shared(seen: Seen, sights: SharedSights): Seen {
  const before = sights.get(seen.sentence)
  if (before?.value === seen.value) return before
  sights.set(seen.sentence, seen)
  return seen
}
