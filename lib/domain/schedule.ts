import type { CircuitState } from './circuit.ts'

const HALF_OPEN_CHECK_MS = 5_000

// A tick later than a jitter could have made it was missed, whatever jitter is set.
const MISSED_SHARE = 0.1

/** A provider's place in a fleet that starts: `index` of `count`, and its last check from before, if any. */
type Start = {
  now: number
  intervalMs: number
  index: number
  count: number
  lastCheckAt: number | null
}

/** A check that has come due. `jitter` is a share of the interval, `roll` a random number of 0 ≤ roll < 1. */
type Tick = { dueAt: number; now: number; intervalMs: number; jitter: number; roll: number }

/** What of a provider's circuit decides when it is checked. */
export type CheckedCircuit = { state: CircuitState; since: number; retryAt: number | null }

/**
 * When a provider is checked first, epoch ms: a full interval after its last check where that is still to
 * come, otherwise at its own place in the interval from now, so that a fleet does not start as one burst.
 */
export function firstDue({ now, intervalMs, index, count, lastCheckAt }: Start): number {
  const place = now + Math.floor((intervalMs * index) / count)
  if (lastCheckAt === null) return place
  const resumed = lastCheckAt + intervalMs
  return resumed > now && resumed <= now + intervalMs ? resumed : place
}

/** Whether the tick is so late that it was lost to a stall: it is to be dropped, not run. */
export const isMissed = ({ dueAt, now, intervalMs }: Pick<Tick, 'dueAt' | 'now' | 'intervalMs'>): boolean =>
  now - dueAt > MISSED_SHARE * intervalMs

/**
 * When the provider is checked next, epoch ms: an interval after the tick was due (not after it ran, so that
 * lateness never adds up), give or take the jitter. After a missed tick, anywhere in the coming interval, so
 * that providers which a stall has made due together are spread again.
 */
export function nextDue(tick: Tick): number {
  const { dueAt, now, intervalMs, jitter, roll } = tick
  if (isMissed(tick)) return now + Math.ceil(intervalMs * (1 - roll))
  return dueAt + Math.round(intervalMs * (1 + jitter * (2 * roll - 1)))
}

/**
 * When the provider is checked, epoch ms, with its circuit taken into account: beside the regular checks one
 * is due when an open circuit may be tried, and every 5 s while it is half-open (paid probes: at their
 * interval). `circuit` is as it stands now; `lastStartedAt` is when the last check began, ended or not.
 */
export function checkDueAt(
  regularDueAt: number,
  circuit: CheckedCircuit,
  { lastStartedAt, isPaid }: { lastStartedAt: number | null; isPaid: boolean },
): number {
  if (circuit.state === 'open' && circuit.retryAt !== null) return Math.min(regularDueAt, circuit.retryAt)
  if (circuit.state !== 'half_open') return regularDueAt
  if (lastStartedAt === null || lastStartedAt < circuit.since) return Math.min(regularDueAt, circuit.since)
  return isPaid ? regularDueAt : Math.min(regularDueAt, lastStartedAt + HALF_OPEN_CHECK_MS)
}
