import type { CircuitSnapshot } from '#lib/contract/circuit.ts'
import { effectiveState } from '#lib/domain/breaker.ts'
import type { BreakerPolicy } from '#lib/domain/policy.ts'
import { rollWindow, windowCounts } from '#lib/domain/window.ts'
import { openingsSince, type CircuitSlot } from '../circuit-slot.ts'
import { presentOverride } from './event.ts'
import { iso, isoOrNull } from './time.ts'

const DAY_MS = 86_400_000

/** A circuit as the wire shows it; the slot must be brought to `now`. */
export function presentCircuit(slot: CircuitSlot, policy: BreakerPolicy, now: number): CircuitSnapshot {
  const { circuit } = slot
  return {
    providerId: slot.providerId,
    model: slot.model,
    state: circuit.state,
    effective: effectiveState(circuit),
    override: circuit.override && presentOverride(circuit.override),
    cooling: circuit.cooling && { until: iso(circuit.cooling.until), reason: circuit.cooling.reason },
    consecutiveFailures: circuit.consecutiveFailures,
    window: windowCounts(rollWindow(circuit.window, now, policy.windowMs)),
    openedAt: isoOrNull(circuit.openedAt),
    retryAt: isoOrNull(circuit.retryAt),
    openings: circuit.openings,
    trials: {
      inFlight: circuit.leases.length,
      succeeded: circuit.trialsSucceeded,
      allowed: policy.halfOpenMaxCalls,
    },
    since: iso(circuit.since),
    tripsLast24h: openingsSince(slot, now - DAY_MS),
    generation: circuit.generation,
    trips: {
      failureThreshold: policy.failureThreshold,
      failureRate: policy.failureRate,
      minCalls: policy.minCalls,
      windowMs: policy.windowMs,
    },
  }
}
