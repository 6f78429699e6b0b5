import { type AuditRecord, type Entity } from '#lib/domain/audit.ts'
import { redactSecrets } from '#lib/domain/redact-secrets.ts'
import { emptyEntry } from './drive-circuit.ts'
import type { Engine } from './engine.ts'

/** What was done or tried, still without its name and its time. Secrets in `before` and `after` are masked here. */
export type AuditEntryInput = Omit<AuditRecord, 'id' | 'at' | 'providerId' | 'model'> &
  Partial<Pick<AuditRecord, 'at' | 'providerId' | 'model'>>

/**
 * Names and dates what was done or tried, for the journal entry of the change itself; the one place where an audit
 * record is made, and where it loses its secrets.
 */
export function auditRecord(
  { newId, clock }: Pick<Engine, 'newId' | 'clock'>,
  input: AuditEntryInput,
): AuditRecord {
  return {
    ...input,
    id: newId(),
    at: input.at ?? clock.now(),
    providerId: input.providerId ?? providerOf(input.entity),
    model: input.model ?? null,
    before: redactSecrets(input.before),
    after: redactSecrets(input.after),
  }
}

/** Records what changes nothing of the fleet, such as a sign-in or a refusal: queued, and on disk within 20 ms. */
export function recordAudit(
  engine: Pick<Engine, 'newId' | 'clock' | 'journal'>,
  input: AuditEntryInput,
): Promise<void> {
  return engine.journal.commit({ ...emptyEntry, audit: [auditRecord(engine, input)] })
}

const providerOf = (entity: Entity | null) => (entity?.type === 'provider' ? entity.id : null)
