import type { Turns } from './turns.ts'

/**
 * Whose turn it is, for each way through a route's rules that was taken; a changed route begins with a new one. A list,
 * as most routes have one way, and each decision makes a new memory.
 */
export type RouteMemory = readonly { rule: string; turns: Turns }[]

const NOTHING: RouteMemory = []

/** The memory of a route that has not decided yet. */
export const newRouteMemory = (): RouteMemory => NOTHING

/** The turns on a way through the rules; null where it was not taken yet. */
export function turnsOn(memory: RouteMemory, rule: string): Turns | null {
  for (const kept of memory) if (kept.rule === rule) return kept.turns
  return null
}

/** The memory with these turns on a way through the rules. */
export function withTurns(memory: RouteMemory, rule: string, turns: Turns): RouteMemory {
  const kept = { rule, turns }
  const [first] = memory
  if (first === undefined || (memory.length === 1 && first.rule === rule)) return [kept]
  return [...memory.filter((other) => other.rule !== rule), kept]
}
