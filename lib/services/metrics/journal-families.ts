import type { Journal, JournalStatus } from '../ports.ts'
import { AUDIT_OUTCOMES } from '#lib/domain/audit.ts'
import type { AuditCounts } from './audit-counts.ts'
import { type Family, oneHot } from './family.ts'

/** The journal, and what went into it. */
export type JournalSource = { journal: Journal; auditCounts: AuditCounts }

const WAITING: readonly [kind: string, of: (status: JournalStatus) => number][] = [
  ['entry', ({ waitingEntries }) => waitingEntries],
  ['check', ({ waitingChecks }) => waitingChecks],
  ['decision', ({ waitingDecisions }) => waitingDecisions],
]
const DROPPED: readonly [kind: string, of: (status: JournalStatus) => number][] = [
  ['check', ({ droppedChecks }) => droppedChecks],
  ['decision', ({ droppedDecisions }) => droppedDecisions],
]

/** How the database takes what is written. */
export const JOURNAL_FAMILIES: readonly Family<JournalSource>[] = [
  {
    name: 'switchyard_journal_healthy',
    help: 'Whether the database takes what is written: 1, or 0 while it is impaired.',
    type: 'gauge',
    labels: [],
    read: ({ journal }) => [{ labels: {}, value: oneHot(journal.status().state === 'ok') }],
  },
  {
    name: 'switchyard_journal_waiting_rows',
    help: 'What waits to be written to the database.',
    type: 'gauge',
    labels: ['kind'],
    read: ({ journal }) => WAITING.map(([kind, of]) => ({ labels: { kind }, value: of(journal.status()) })),
  },
  {
    name: 'switchyard_journal_dropped_rows_total',
    help: 'What was never written because its queue was full; entries are never dropped.',
    type: 'counter',
    labels: ['kind'],
    read: ({ journal }) => DROPPED.map(([kind, of]) => ({ labels: { kind }, value: of(journal.status()) })),
  },
  {
    name: 'switchyard_audit_entries_total',
    help: 'Entries of the audit by how what they tell of ended: it was done, it was refused, or it failed.',
    type: 'counter',
    labels: ['outcome'],
    read: ({ auditCounts }) =>
      AUDIT_OUTCOMES.map((outcome) => ({ labels: { outcome }, value: auditCounts[outcome] })),
  },
]
