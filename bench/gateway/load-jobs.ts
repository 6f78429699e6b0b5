/** Whom a job calls, and with what. */
export type Target = { port: number; headers?: Record<string, string> }

/** What a load client is asked to do. */
export type LoadJob =
  /** So many connections, each with one request under way, always. */
  | { kind: 'closed'; target: Target; connections: number; warmUpMs: number; measuredMs: number }
  /** Evenly spaced requests, each timed from when it was due. */
  | { kind: 'paced'; target: Target; perSecond: number; warmUpMs: number; measuredMs: number }
  /** Evenly spaced streams, each timed from when it was due to its first token. */
  | { kind: 'streams'; target: Target; perSecond: number; warmUpMs: number; measuredMs: number }
  /** So many streams at once, kept until the parent says `close`. */
  | { kind: 'hold'; target: Target; count: number }

/** What a job found; times in ms. */
export type LoadFindings = {
  requests: number
  /** Replies other than 200, and none at all. */
  failed: number
  perSecond: number
  p50: number
  p99: number
}

/** The value below which a share of the values lies. */
export function quantile(values: readonly number[] | Float64Array, q: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}

/** The middle one; of an even number the lower. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN
