import type { ActionEvent, FleetEventRecord, OverrideEvent, TransitionRecord } from '#lib/contract/circuit.ts'
import type { MarkerEvent } from '#lib/contract/marker.ts'
import type { AuditRecord } from '#lib/domain/audit.ts'
import type { CircuitEvent, Override } from '#lib/domain/circuit.ts'
import { RULES_ACTOR } from '#lib/domain/circuit-change.ts'
import type { CircuitEventEntry, MarkerRecord, TransitionEntry } from '../records.ts'
import { iso, isoOrNull } from './time.ts'

/** An override as the wire shows it. */
export const presentOverride = (override: Override) => ({
  mode: override.mode,
  actor: override.actor,
  reason: override.reason,
  since: iso(override.since),
  until: iso(override.until),
})

/** A transition as the wire shows it. */
export function presentTransition(entry: TransitionEntry, persisted: boolean): TransitionRecord {
  const { transition, id, providerId, model } = entry
  return {
    kind: 'transition',
    id,
    providerId,
    model,
    at: iso(transition.at),
    from: transition.from,
    to: transition.to,
    cause: transition.cause,
    evidence: { ...transition.evidence, lastErrors: [...transition.evidence.lastErrors] },
    actor: transition.actor,
    reason: transition.reason,
    retryAt: isoOrNull(transition.retryAt),
    persisted,
  }
}

/** An override or cooling event as the wire shows it. */
export function presentCircuitEvent(entry: CircuitEventEntry, persisted: boolean): FleetEventRecord {
  const { event, id, providerId, model } = entry
  const shared = { id, providerId, model, at: iso(event.at), persisted }
  if (event.type === 'cooling') {
    return { kind: 'cooling', ...shared, until: iso(event.cooling.until), reason: event.cooling.reason }
  }
  return { kind: 'override', ...shared, ...endOf(event), override: presentOverride(event.override) }
}

type OverrideChange = Exclude<CircuitEvent, { type: 'cooling' }>

function endOf(event: OverrideChange): Pick<OverrideEvent, 'phase' | 'actor' | 'reason'> {
  switch (event.type) {
    case 'override_set':
      return { phase: 'set', actor: event.override.actor, reason: event.override.reason }
    case 'override_released':
      return { phase: 'released', actor: event.actor, reason: event.reason }
    case 'override_expired':
      return { phase: 'expired', actor: RULES_ACTOR, reason: null }
    case 'override_self_released':
      return {
        phase: 'self_released',
        actor: RULES_ACTOR,
        reason: 'nearly every call failed for two minutes',
      }
  }
}

type Told = Pick<AuditRecord, 'id' | 'providerId' | 'at' | 'action' | 'summary' | 'actor' | 'reason'>

/** What an operator did to the fleet, as the feeds show it. */
export const presentAction = (action: Told, persisted: boolean): ActionEvent => ({
  kind: 'action',
  id: action.id,
  providerId: action.providerId,
  model: null,
  at: iso(action.at),
  action: action.action,
  summary: action.summary,
  actor: action.actor,
  reason: action.reason,
  persisted,
})

/** A marker as the wire shows it. */
export const presentMarker = (marker: MarkerRecord, persisted: boolean): MarkerEvent => ({
  kind: 'marker',
  id: marker.id,
  providerId: marker.providerId,
  model: null,
  at: iso(marker.at),
  title: marker.title,
  text: marker.text,
  url: marker.url,
  actor: marker.actor,
  persisted,
})
