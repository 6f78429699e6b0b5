import type { Author } from '#lib/domain/access/author.ts'
import type { CircuitCommandResult } from '#lib/contract/circuit.ts'
import type { AuditRecord } from '#lib/domain/audit.ts'
import type { BreakerEvent } from '#lib/domain/breaker.ts'
import { advanceFleet } from './advance-fleet.ts'
import { driveCircuit } from './drive-circuit.ts'
import type { Engine } from './engine.ts'
import { entryOf, slotOf } from './fleet.ts'
import { judgeProvider } from './judge-provider.ts'
import { isPersisted } from './persisted.ts'
import { presentCircuit } from './present/circuit.ts'
import { auditRecord } from './record-audit.ts'
import type { CircuitAddress } from './records.ts'

/** An operator's command: what happens to the circuit, and how the audit tells it. */
export type CircuitCommand = {
  event: Extract<BreakerEvent, { type: 'force' | 'release' | 'reset' }>
  action: Pick<AuditRecord, 'action' | 'summary' | 'reason' | keyof Author>
}

/**
 * The one door for operators' commands on circuits: applied at once, then committed with its record. Throws
 * `not_found`; otherwise answers the circuit after it, and whether the command is on disk yet.
 */
export async function commandCircuit(
  engine: Engine,
  address: CircuitAddress,
  { event, action }: CircuitCommand,
): Promise<CircuitCommandResult> {
  const { fleet, clock, scheduler } = engine
  advanceFleet(fleet)
  const slot = slotOf(fleet, address)
  const entry = entryOf(fleet, address.providerId)
  const isIdle = event.type === 'release' && slot.circuit.override === null
  const { policies } = entry
  const before = presentCircuit(slot, policies.breaker, event.at)
  const record = auditRecord(engine, {
    ...action,
    at: event.at,
    entity: { type: 'circuit', id: slot.key },
    ...address,
    outcome: 'done',
    before: { state: before.state, override: before.override },
    after: event.type === 'force' ? { override: event.override } : null,
  })
  fleet.recorder.prepare(entry, fleet.settings.version, event.at)
  const { persisted } = driveCircuit(fleet, slot, { event, audit: isIdle ? [] : [record] })
  fleet.recorder.command(entry, address.model, event)
  judgeProvider(fleet, entry, null)
  scheduler.refresh(address.providerId)
  fleet.bus.emit({ type: 'row', providerId: address.providerId })
  const circuit = presentCircuit(slot, policies.breaker, clock.now())
  return { circuit, persisted: await isPersisted(engine, persisted) }
}
