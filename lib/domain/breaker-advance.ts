import type { Circuit } from './circuit.ts'
import { andThen, halfOpen, unrecorded, withEvent, type Change } from './circuit-change.ts'
import type { BreakerPolicy } from './policy.ts'

/** The next time at which the circuit changes by itself, or null: a deadline of its state, leases, cooling or override. */
export function deadlineOf(circuit: Circuit): number | null {
  let next = Number.POSITIVE_INFINITY
  if (circuit.retryAt !== null) next = circuit.retryAt
  if (circuit.override !== null) next = Math.min(next, circuit.override.until)
  if (circuit.cooling !== null) next = Math.min(next, circuit.cooling.until)
  for (const lease of circuit.leases) next = Math.min(next, lease.expiresAt)
  return next === Number.POSITIVE_INFINITY ? null : next
}

/**
 * The circuit brought to `at`: an open one whose time is over is half-open since exactly `retryAt`, expired
 * leases, coolings and overrides are gone. The same circuit when nothing was due.
 */
export function advance(circuit: Circuit, at: number, policy: BreakerPolicy): Change {
  let change = endOverride(circuit, at)
  const { retryAt } = circuit
  if (retryAt !== null && at >= retryAt) {
    change = andThen(change, (open) => halfOpen(open, { at: retryAt, cause: 'recovery_timeout' }, policy))
  }
  return andThen(change, (now) => unrecorded(dropExpired(now, at)))
}

/** Whether no deadline is set: time alone changes nothing. */
export const isAtRest = (circuit: Circuit): boolean =>
  circuit.retryAt === null &&
  circuit.override === null &&
  circuit.cooling === null &&
  circuit.leases.length === 0

function endOverride(circuit: Circuit, at: number): Change {
  const { override } = circuit
  if (override === null || at < override.until) return unrecorded(circuit)
  return withEvent({ ...circuit, override: null }, { type: 'override_expired', at: override.until, override })
}

function dropExpired(circuit: Circuit, at: number): Circuit {
  const cooled = circuit.cooling !== null && at >= circuit.cooling.until
  const expired = circuit.leases.some((lease) => at >= lease.expiresAt)
  if (!cooled && !expired) return circuit
  return {
    ...circuit,
    cooling: cooled ? null : circuit.cooling,
    leases: expired ? circuit.leases.filter((lease) => at < lease.expiresAt) : circuit.leases,
  }
}
