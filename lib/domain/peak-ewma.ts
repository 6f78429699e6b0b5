/**
 * How long a provider's answers take, as a balancer wants to know it: a mean, and a peak that came down to it or will.
 * `meanMs` is null before the first success.
 */
export type PeakEwma = { peakMs: number; meanMs: number | null; successes: number; at: number }

/** The time constant with which a peak comes down, ms: Finagle's and Linkerd's default. */
export const PEAK_DECAY_MS = 10_000

/** How long the mean remembers, ms. */
export const MEAN_DECAY_MS = 60_000

/**
 * The time constant with which a provider without traffic is forgotten, so that it is tried again, ms. Finagle forgets
 * as fast as a peak comes down, which would make turns of a choice among providers that get a request a minute.
 */
export const FORGET_MS = 600_000

/** What a failure counts for at least, ms, as nothing else may be known of the provider. */
const FAILURE_MS = 1_000

/** What a row of failures counts for at most, ms. */
const MAX_FAILURE_MS = 60_000

/** One finished call: how long it took, ms, whether it went well, and when it ended, epoch ms. */
export type TimedCall = { ok: boolean; latencyMs: number; at: number }

/**
 * The average with one more call in it, after Finagle's peak EWMA: a slow answer is believed at once, a fast one by
 * and by. A failure counts for the time it took or twice the present value, whichever is longer, so that a fast
 * refusal never makes a provider look fast.
 */
export function observePeakEwma(ewma: PeakEwma | null, call: TimedCall): PeakEwma {
  if (ewma === null) return call.ok ? first(call) : { ...UNMEASURED, peakMs: failureMs(call, 0), at: call.at }
  const at = Math.max(call.at, ewma.at)
  const now = readPeakEwma(ewma, at)
  const meanMs = ewma.meanMs === null ? null : ewma.meanMs * forgetting(at - ewma.at)
  if (!call.ok) return { ...ewma, peakMs: Math.max(now, failureMs(call, now)), meanMs, at }
  const { latencyMs } = call
  const successes = ewma.successes + 1
  // A plain mean at first, so that the first answer of all does not weigh for a minute.
  const alpha = Math.max(1 / successes, 1 - Math.exp((ewma.at - at) / MEAN_DECAY_MS))
  return {
    peakMs: Math.max(now, latencyMs),
    meanMs: meanMs === null ? latencyMs : meanMs + alpha * (latencyMs - meanMs),
    successes,
    at,
  }
}

const UNMEASURED = { meanMs: null, successes: 0 }

const first = ({ latencyMs, at }: TimedCall): PeakEwma => ({
  peakMs: latencyMs,
  meanMs: latencyMs,
  successes: 1,
  at,
})

const failureMs = ({ latencyMs }: TimedCall, now: number): number =>
  Math.min(MAX_FAILURE_MS, Math.max(latencyMs, FAILURE_MS, 2 * now))

/** Its value at `now`, ms: the peak comes down to the mean, and the mean is forgotten while nothing is measured. */
export function readPeakEwma({ peakMs, meanMs, at }: PeakEwma, now: number): number {
  const idleMs = Math.max(0, now - at)
  const mean = meanMs ?? 0
  return mean * forgetting(idleMs) + Math.max(0, peakMs - mean) * Math.exp(-idleMs / PEAK_DECAY_MS)
}

const forgetting = (idleMs: number): number => Math.exp(-Math.max(0, idleMs) / FORGET_MS)
