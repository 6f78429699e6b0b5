import type { AuditOutcome } from '#lib/domain/audit.ts'
import type { Journal } from '../ports.ts'

/** How many audit entries this process has handed to the journal, by how what they tell of ended. */
export type AuditCounts = Record<AuditOutcome, number>

/** Nothing yet. */
export const newAuditCounts = (): AuditCounts => ({ done: 0, refused: 0, failed: 0 })

/** The same journal, which counts the audit entries that go into it: every one passes here, with its change or alone. */
export const countingAudit = <J extends Journal>(journal: J, counts: AuditCounts): J => ({
  ...journal,
  commit: (entry) => {
    for (const { outcome } of entry.audit) counts[outcome] += 1
    return journal.commit(entry)
  },
})
