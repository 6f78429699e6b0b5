import type { AuditEntryView } from '#lib/contract/audit.ts'
import type { AuditEntry } from '../records.ts'
import { iso } from './time.ts'

/** An entry of the audit as the wire shows it. */
export const presentAudit = ({ at, before, after, ...entry }: AuditEntry): AuditEntryView => ({
  ...entry,
  at: iso(at),
  before: asJson(before),
  after: asJson(after),
})

/** What was kept was read from JSON, so that it is nothing else. */
const asJson = (value: unknown) => value as AuditEntryView['before']
