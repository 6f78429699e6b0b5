/** A span of time as an operator says it: `800 ms`, `2.5 s`, `10 s`. */
export function spanWords(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 100) / 10} s`
}
