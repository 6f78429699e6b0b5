/** What the console's process used between `begin` and `end`. */
export type ProcessFigures = { loopDelayP99Ms: number; cpuMs: number; rssMB: number }

/** What the console's process holds once the garbage is gone. */
export type MemoryFigures = { rssBytes: number; heapBytes: number; externalBytes: number }
