import type { AdmitEvent } from './breaker.ts'
import type { Circuit, Permit, Refusal } from './circuit.ts'
import type { BreakerPolicy } from './policy.ts'

type Admission = { circuit: Circuit; permit: Permit | null; refusal: Refusal | null }

/** Whether a call may pass now, and under which permit. `circuit` must be brought to the event's time. */
export function admit(circuit: Circuit, event: AdmitEvent, policy: BreakerPolicy): Admission {
  const mode = event.for === 'check' ? null : (circuit.override?.mode ?? null)
  if (mode === 'forced_open') return refused(circuit, 'forced_open')
  const admitsAll = mode !== null
  if (circuit.cooling !== null && !admitsAll) return refused(circuit, 'cooling')
  if (circuit.state === 'closed') {
    return { circuit, permit: { kind: 'pass', generation: circuit.generation, leaseId: null }, refusal: null }
  }
  if (circuit.state === 'half_open' && isTrial(circuit, event, policy)) return leased(circuit, event.at, policy)
  if (admitsAll || event.for === 'panic') {
    return { circuit, permit: { kind: 'bypass', generation: circuit.generation, leaseId: null }, refusal: null }
  }
  return refused(circuit, circuit.state === 'open' ? 'open' : 'half_open_full')
}

const refused = (circuit: Circuit, refusal: Refusal): Admission => ({ circuit, permit: null, refusal })

const isTrial = (circuit: Circuit, event: AdmitEvent, policy: BreakerPolicy) =>
  circuit.leases.length < policy.halfOpenMaxCalls && (event.completion || !circuit.completionsOnly)

function leased(circuit: Circuit, at: number, policy: BreakerPolicy): Admission {
  const lease = { id: circuit.nextLeaseId, expiresAt: at + policy.trialTimeoutMs }
  return {
    circuit: { ...circuit, leases: [...circuit.leases, lease], nextLeaseId: lease.id + 1 },
    permit: { kind: 'trial', generation: circuit.generation, leaseId: lease.id },
    refusal: null,
  }
}
