import type { Turns } from './turns.ts'

/** Whose turn it is, for each way through a route's rules; a changed route begins with a new one. */
export type RouteMemory = ReadonlyMap<string, Turns>

const NOTHING: RouteMemory = new Map()

/** The memory of a route that has not decided yet. */
export const newRouteMemory = (): RouteMemory => NOTHING
