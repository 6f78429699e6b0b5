import type { Author } from '#lib/domain/access/author.ts'
import type { Backup } from '#lib/contract/data.ts'
import { emptyEntry } from './drive-circuit.ts'
import type { Engine } from './engine.ts'
import { recordAction } from './record-action.ts'

/** Backs the database up beside it. Throws `conflict` while another backup is made, `unavailable` when it fails. */
export async function backUp(engine: Engine, author: Author): Promise<{ backup: Backup }> {
  const backup = await engine.data.backUp(engine.clock.now())
  const action = recordAction(engine, {
    action: 'data.backup',
    entity: { type: 'database', id: backup.file },
    summary: `backed up the database, ${(backup.bytes / 1e6).toFixed(1)} MB`,
    ...author,
    reason: null,
    before: null,
    after: backup,
  })
  // The backup is there already: whether its record is, need not be waited for.
  void engine.journal.commit({ ...emptyEntry, audit: [action] })
  return { backup }
}
