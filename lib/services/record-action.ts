import type { AuditRecord } from '#lib/domain/audit.ts'
import type { Engine } from './engine.ts'
import { presentAction } from './present/event.ts'
import { auditRecord, type AuditEntryInput } from './record-audit.ts'

/** Names and dates what an operator did to the fleet and tells the bus of it; committing it is the caller's. */
export function recordAction(
  engine: Pick<Engine, 'newId' | 'clock' | 'bus'>,
  action: Omit<AuditEntryInput, 'outcome'>,
): AuditRecord {
  const record = auditRecord(engine, { ...action, outcome: 'done' })
  engine.bus.emit({ type: 'record', record: presentAction(record, false) })
  return record
}
