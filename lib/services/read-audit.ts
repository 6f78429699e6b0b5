import type { AuditEntryView } from '#lib/contract/audit.ts'
import type { AuditOutcome, EntityType } from '#lib/domain/audit.ts'
import type { Engine } from './engine.ts'
import type { AuditQuery, Page, Paged } from './ports.ts'
import { presentAudit } from './present/audit.ts'
import { type AskedRange, justAfter } from './range.ts'

const PAGE_SIZE = 50

/** Which entries, as a caller asks: all that match what is given, from the first ever to now. */
export type AskedAudit = AskedRange & {
  actor?: string | undefined
  action?: string | undefined
  entity?: { type: EntityType; id?: string | undefined } | undefined
  outcome?: AuditOutcome | undefined
  q?: string | undefined
}

/** A page of the audit, newest first. */
export async function readAudit(
  engine: Engine,
  {
    cursor = null,
    limit = PAGE_SIZE,
    ...asked
  }: AskedAudit & { [Name in keyof Page]?: Page[Name] | undefined },
): Promise<Paged<AuditEntryView>> {
  const page = await engine.reader.audit({ ...auditQuery(engine, asked), cursor, limit })
  return { ...page, items: page.items.map(presentAudit) }
}

/** The question for the reader. */
export const auditQuery = (engine: Engine, asked: AskedAudit): AuditQuery => ({
  from: asked.from ?? 0,
  to: asked.to ?? justAfter(engine),
  actor: asked.actor,
  action: asked.action,
  entityType: asked.entity?.type,
  entityId: asked.entity?.id,
  outcome: asked.outcome,
  text: asked.q,
})
