import type { Author } from '#lib/domain/access/author.ts'
import type { Entity } from '#lib/domain/audit.ts'
import { emptyEntry } from '../drive-circuit.ts'
import type { Engine } from '../engine.ts'
import { isPersisted } from '../persisted.ts'
import { recordAction } from '../record-action.ts'
import { type AlertingEntry, emptyAlerting } from './records.ts'

/** Something that somebody did about alerts, as the audit has it. */
export type AlertingAction = {
  action: string
  entity: Entity
  summary: string
  author: Author
  reason?: string | null
  before?: unknown
  after?: unknown
}

/** Keeps what changed and who did it in one journal entry; says whether it is on disk already. */
export function saveAlerting(
  engine: Engine,
  part: Partial<AlertingEntry>,
  { author, reason = null, before = null, after = null, ...action }: AlertingAction,
): Promise<boolean> {
  const record = recordAction(engine, { ...action, ...author, reason, before, after })
  const written = engine.journal.commit({
    ...emptyEntry,
    alerting: { ...emptyAlerting, ...part },
    audit: [record],
  })
  return isPersisted(engine, written)
}
