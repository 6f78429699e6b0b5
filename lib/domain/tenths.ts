/** Milliseconds in whole tenths, which is finer than any latency is measured: their sums are exact in any order. */
export const tenthsOf = (ms: number): number => Math.round(ms * 10)
