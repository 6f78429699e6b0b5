import { ERROR_WORDS } from './error-words.ts'
import type { HealthAverages, HealthSample } from './health.ts'
import { healthVerdict } from './outcome.ts'
import type { Outcome } from './outcome.ts'

const SECOND_MS = 1_000

/**
 * A provider's traffic on its way to becoming one sample a second: the counts of the second that is open,
 * aligned to the fleet's clock, and when the newest outcomes of finished samples of either verdict ended.
 */
export type TrafficSample = {
  /** When the open second began, epoch ms; null while none is. */
  second: number | null
  /** The first second that no sample has been made of, epoch ms. */
  nextSecond: number
  ok: number
  failed: number
  credentials: number
  /** Sum and number of the successes' measured latencies. */
  latencySumMs: number
  latencyCount: number
  /** The end of the newest counted outcome. */
  at: number
  lastError: string | null
  lastSuccessAt: number | null
  lastFailureAt: number | null
}

/** The traffic after a step, and the sample of the second that the step finished; null when it finished none. */
type TrafficStep = { traffic: TrafficSample; finished: HealthSample | null }

const IDLE: TrafficSample = {
  second: null,
  nextSecond: 0,
  ok: 0,
  failed: 0,
  credentials: 0,
  latencySumMs: 0,
  latencyCount: 0,
  at: 0,
  lastError: null,
  lastSuccessAt: null,
  lastFailureAt: null,
}

/** Traffic before its first outcome. */
export const newTrafficSample = (): TrafficSample => IDLE

type Counted = Pick<Outcome, 'class' | 'latencyMs' | 'message' | 'kind' | 'at'>

/**
 * Counts a passive outcome in its second; the first of a later second finishes the open one. An outcome of a
 * second that has been made a sample of counts in the next, so that no second speaks twice. `at` may be late
 * but not later than the fleet's clock.
 */
export function addOutcome(traffic: TrafficSample, outcome: Counted): TrafficStep {
  const verdict = healthVerdict(outcome.class)
  if (verdict === 'none') return { traffic, finished: null }
  const { traffic: open, finished } = flush(traffic, outcome.at)
  return {
    traffic: verdict === 'success' ? withSuccess(open, outcome) : withFailure(open, outcome),
    finished,
  }
}

/** Finishes the open second when it is over at `now`; with nothing to finish the same object comes back. */
export function flush(traffic: TrafficSample, now: number): TrafficStep {
  const due = flushDueAt(traffic)
  if (due === null || now < due) return { traffic, finished: null }
  const finished = sampleOf(traffic)
  const isFailure = finished.verdict === 'failure'
  return {
    traffic: {
      ...IDLE,
      nextSecond: due,
      lastSuccessAt: isFailure ? traffic.lastSuccessAt : finished.at,
      lastFailureAt: isFailure ? finished.at : traffic.lastFailureAt,
    },
    finished,
  }
}

/** When `flush` will have a sample to give, epoch ms; null while no second is open. */
export const flushDueAt = ({ second }: TrafficSample): number | null =>
  second === null ? null : second + SECOND_MS

/**
 * Whether traffic of the last interval proves the provider healthy, so that a paid check may be skipped: some
 * passed, none failed, and the checks have nothing of their own to take back.
 */
export function trafficProves(
  { lastSuccessAt, lastFailureAt }: Pick<TrafficSample, 'lastSuccessAt' | 'lastFailureAt'>,
  { status, active }: Pick<HealthAverages, 'status' | 'active'>,
  { now, intervalMs }: { now: number; intervalMs: number },
): boolean {
  // Only a check answers a failed check: skipping it here would keep the provider unhealthy for ever.
  if (status === 'unhealthy' || active.consecutiveFailures > 0) return false
  const from = now - intervalMs
  return lastSuccessAt !== null && lastSuccessAt > from && (lastFailureAt === null || lastFailureAt <= from)
}

function withSuccess(traffic: TrafficSample, { latencyMs, at }: Counted): TrafficSample {
  return {
    ...traffic,
    second: secondOf(traffic, at),
    at: Math.max(traffic.at, at),
    ok: traffic.ok + 1,
    latencySumMs: traffic.latencySumMs + (latencyMs ?? 0),
    latencyCount: traffic.latencyCount + (latencyMs === null ? 0 : 1),
  }
}

function withFailure(traffic: TrafficSample, outcome: Counted): TrafficSample {
  return {
    ...traffic,
    second: secondOf(traffic, outcome.at),
    at: Math.max(traffic.at, outcome.at),
    failed: traffic.failed + 1,
    credentials: traffic.credentials + (outcome.class === 'credentials' ? 1 : 0),
    lastError: outcome.message ?? (outcome.kind && ERROR_WORDS[outcome.kind]),
  }
}

/** The second that is open, or that opens with an outcome of `at`. */
const secondOf = ({ second, nextSecond }: TrafficSample, at: number): number =>
  second ?? Math.max(Math.floor(at / SECOND_MS) * SECOND_MS, nextSecond)

/** A failure when at least half of the second's counted outcomes failed; one of credentials by the same measure. */
function sampleOf({ ok, failed, credentials, ...traffic }: TrafficSample): HealthSample {
  const isFailure = failed >= ok
  return {
    source: 'passive',
    verdict: isFailure ? 'failure' : 'success',
    credentials: 2 * credentials >= ok + failed,
    latencyMs: traffic.latencyCount === 0 ? null : traffic.latencySumMs / traffic.latencyCount,
    at: traffic.at,
    error: isFailure ? traffic.lastError : null,
  }
}
