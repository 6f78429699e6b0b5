import type { Page, Paged, Range } from '#lib/services/ports.ts'
import type { ActionRecord } from '#lib/services/records.ts'
import { pageOfRows, readTextCursor } from '../storage/cursor.ts'
import type { Db } from './client.ts'
import { actionOfRow, behind, within } from './read-events.ts'

/** One page of what operators did, newest first. */
export async function readActions(db: Db, query: Range & Page): Promise<Paged<ActionRecord>> {
  const rows = await db.operatorAction.findMany({
    where: { at: within(query), ...behind(readTextCursor(query.cursor)) },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: query.limit + 1,
  })
  return pageOfRows(rows, query, {
    show: actionOfRow,
    position: ({ at, id }) => ({ at: Number(at), id }),
  })
}
