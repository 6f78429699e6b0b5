import type { AdmitEvent } from './breaker.ts'
import type { Circuit, Refusal } from './circuit.ts'
import { answered, type Change } from './circuit-change.ts'
import type { BreakerPolicy } from './policy.ts'

/** Whether a call may pass now, and under which permit. `circuit` must be brought to the event's time. */
export function admit(circuit: Circuit, event: AdmitEvent, policy: BreakerPolicy): Change {
  const mode = event.for === 'check' ? null : (circuit.override?.mode ?? null)
  if (mode === 'forced_open') return refused(circuit, 'forced_open')
  if (mode === null && circuit.cooling !== null) return refused(circuit, 'cooling')
  const admission = admitByState(circuit, event, policy)
  const admitsAll = mode !== null || event.for === 'panic'
  return admission.permit === null && admitsAll ? passed(circuit, 'bypass') : admission
}

function admitByState(circuit: Circuit, event: AdmitEvent, policy: BreakerPolicy): Change {
  if (circuit.state === 'closed') return passed(circuit, 'pass')
  if (circuit.state === 'half_open' && isTrial(circuit, event, policy))
    return leased(circuit, event.at, policy)
  return refused(circuit, circuit.state === 'open' ? 'open' : 'half_open_full')
}

const passed = (circuit: Circuit, kind: 'pass' | 'bypass'): Change =>
  answered(circuit, { kind, generation: circuit.generation, leaseId: null }, null)

const refused = (circuit: Circuit, refusal: Refusal): Change => answered(circuit, null, refusal)

/** Whether a slot is free, and the call of a kind that the circuit takes for a trial. */
const isTrial = (circuit: Circuit, event: AdmitEvent, policy: BreakerPolicy) =>
  circuit.leases.length < policy.halfOpenMaxCalls && (event.completion || !circuit.completionsOnly)

function leased(circuit: Circuit, at: number, policy: BreakerPolicy): Change {
  const lease = { id: circuit.nextLeaseId, expiresAt: at + policy.trialTimeoutMs }
  const after = { ...circuit, leases: [...circuit.leases, lease], nextLeaseId: lease.id + 1 }
  return answered(after, { kind: 'trial', generation: circuit.generation, leaseId: lease.id }, null)
}
