import type { SettleEvent } from './breaker.ts'
import type { Circuit, Cooling, Permit, TransitionCause } from './circuit.ts'
import { andThen, close, evidenceOf, open, unrecorded, withEvent, type Change } from './circuit-change.ts'
import type { BreakerPolicy } from './policy.ts'
import { recordCall, rollWindow, windowCounts } from './window.ts'

/** How long a failure rate above the limit is borne before forced closed releases itself, ms. */
export const SELF_RELEASE_AFTER_MS = 120_000

const LAST_ERRORS = 3

/**
 * The circuit after a call settled. A permit of an older generation, or whose lease has expired, changes
 * nothing. `circuit` must be brought to the event's time.
 */
export function settle(circuit: Circuit, event: SettleEvent, policy: BreakerPolicy): Change {
  if (isLate(circuit, event.permit)) return unrecorded(circuit)
  return releaseIfFailing(byPermit(circuit, event, policy), event.at, policy)
}

/** Whether the permit is of an earlier state, or its lease has expired. */
const isLate = (circuit: Circuit, { kind, generation, leaseId }: Permit) =>
  generation !== circuit.generation ||
  (kind === 'trial' && leaseId !== null && !circuit.leases.some((lease) => lease.id === leaseId))

function byPermit(circuit: Circuit, event: SettleEvent, policy: BreakerPolicy): Change {
  switch (event.permit.kind) {
    case 'pass':
      return settlePass(circuit, event, policy)
    case 'trial':
      return settleTrial(circuit, event, policy)
    case 'bypass':
      return settleBypass(circuit, event, policy)
  }
}

function settlePass(circuit: Circuit, event: SettleEvent, policy: BreakerPolicy): Change {
  const change = cool(counted(circuit, event, policy), event)
  if (event.verdict === 'neutral') return change
  const cause = event.verdict === 'trip' ? 'credentials' : tripCause(change.circuit, policy)
  return cause === null
    ? change
    : andThen(change, (tripped) => open(tripped, { at: event.at, cause }, policy))
}

/** A call past an open circuit enters the window, never the state. */
function settleBypass(circuit: Circuit, event: SettleEvent, policy: BreakerPolicy): Change {
  const { consecutiveFailures } = circuit
  return cool({ ...counted(circuit, event, policy), consecutiveFailures }, event)
}

function settleTrial(circuit: Circuit, event: SettleEvent, policy: BreakerPolicy): Change {
  const { leaseId } = event.permit
  const freed = { ...circuit, leases: circuit.leases.filter((lease) => lease.id !== leaseId) }
  const change = cool(counted(freed, event, policy), event)
  switch (event.verdict) {
    case 'neutral':
      return change
    case 'success':
      return andThen(change, (after) => succeeded(after, event.at, policy))
    case 'failure':
      return andThen(change, (after) => open(after, { at: event.at, cause: 'trial_failed' }, policy))
    case 'trip':
      return andThen(change, (after) => open(after, { at: event.at, cause: 'credentials' }, policy))
  }
}

function succeeded(circuit: Circuit, at: number, policy: BreakerPolicy): Change {
  const trialsSucceeded = circuit.trialsSucceeded + 1
  if (trialsSucceeded < policy.successThreshold) return unrecorded({ ...circuit, trialsSucceeded })
  return close(circuit, { at, cause: 'trial_succeeded' }, policy)
}

function counted(circuit: Circuit, event: SettleEvent, policy: BreakerPolicy): Circuit {
  if (event.verdict === 'neutral') return circuit
  const failed = event.verdict !== 'success'
  const window = recordCall(rollWindow(circuit.window, event.at, policy.windowMs), failed, event.slow)
  if (!failed) return { ...circuit, window, consecutiveFailures: 0 }
  const lastErrors =
    event.error === null ? circuit.lastErrors : [event.error, ...circuit.lastErrors].slice(0, LAST_ERRORS)
  return { ...circuit, window, consecutiveFailures: circuit.consecutiveFailures + 1, lastErrors }
}

/** Which of the three limits a closed circuit has reached; ratios need the minimum number of calls. */
function tripCause(circuit: Circuit, policy: BreakerPolicy): TransitionCause | null {
  if (circuit.consecutiveFailures >= policy.failureThreshold) return 'consecutive_failures'
  const { calls, failures, slow } = windowCounts(circuit.window)
  if (calls < policy.minCalls) return null
  if (failures / calls >= policy.failureRate) return 'failure_rate'
  if (policy.slowCallMs !== null && slow / calls >= policy.slowCallRate) return 'slow_calls'
  return null
}

/** Moves the cooling later, never earlier, and records where it began or moved by a second or more. */
function cool(circuit: Circuit, event: SettleEvent): Change {
  const cooling = event.cooling
  if (cooling === null || cooling.until <= Math.max(event.at, circuit.cooling?.until ?? 0))
    return unrecorded(circuit)
  const cooled = { ...circuit, cooling }
  return isNews(circuit.cooling, cooling)
    ? withEvent(cooled, { type: 'cooling', at: event.at, cooling })
    : unrecorded(cooled)
}

const isNews = (before: Cooling | null, after: Cooling) =>
  before === null || after.until - before.until >= 1_000

/** Forced closed lets go by itself when nearly everything has failed for two minutes. */
function releaseIfFailing(change: Change, at: number, policy: BreakerPolicy): Change {
  const { override } = change.circuit
  if (override?.mode !== 'forced_closed') return change
  const { calls, failures } = windowCounts(rollWindow(change.circuit.window, at, policy.windowMs))
  const failing = calls >= policy.minCalls && failures / calls >= Math.min(0.9, 1.5 * policy.failureRate)
  const failingSince = failing ? (override.failingSince ?? at) : null
  if (failingSince !== null && at - failingSince >= SELF_RELEASE_AFTER_MS) {
    return andThen(change, (circuit) =>
      withEvent(
        { ...circuit, override: null },
        { type: 'override_self_released', at, override, evidence: evidenceOf(circuit, at, policy) },
      ),
    )
  }
  if (failingSince === override.failingSince) return change
  return { ...change, circuit: { ...change.circuit, override: { ...override, failingSince } } }
}
