import { z } from 'zod'
import type { Decision as DecisionRow, DecisionCount as CountRow } from '#prisma/generated/client.ts'
import { type DecisionView, decisionSchema } from '#lib/contract/decision.ts'
import { REASON_CODES } from '#lib/domain/routing/decision.ts'
import type { Page, Paged } from '#lib/services/ports.ts'
import type { DecisionCount } from '#lib/services/records.ts'
import { pageOfRows, readTextCursor } from '../storage/cursor.ts'
import type { Db } from './client.ts'
import { readable, type Warn } from './readable.ts'

export type DecisionsQuery = Page & {
  route: string | null
  providerId: string | null
  failed: boolean | null
}

const decisionOfRow = ({ document }: DecisionRow): DecisionView => decisionSchema.parse(document)
const name = ({ id }: DecisionRow) => `Decision ${id}`

/** One page of the decisions that were kept, newest first. */
export async function readDecisions(db: Db, query: DecisionsQuery, warn: Warn): Promise<Paged<DecisionView>> {
  const ids = await idsOf(db, query)
  const rows = await db.decision.findMany({
    where: { id: { in: ids } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
  })
  return pageOfRows(rows, query, {
    show: (row) => readable([row], decisionOfRow, { name, warn })[0] ?? null,
    position: ({ at, id }) => ({ at: Number(at), id }),
  })
}

/** Searched in the index alone, because most of what is passed over is documents. */
async function idsOf(db: Db, query: DecisionsQuery): Promise<string[]> {
  const { route, providerId, failed, limit } = query
  const after = readTextCursor(query.cursor)
  const conditions: (readonly [sql: string, ...parameters: unknown[]])[] = [
    ...(after === null ? [] : [['at <= ? AND (at < ? OR id < ?)', after.at, after.at, after.id] as const]),
    ...(route === null ? [] : [['route = ?', route] as const]),
    ...(providerId === null ? [] : [['instr(providers, ?) > 0', `,${providerId},`] as const]),
    ...(failed === null ? [] : [['failed = ?', Number(failed)] as const]),
  ]
  const where = ['at >= 0', ...conditions.map(([sql]) => sql)].join(' AND ')
  const found = await db.$queryRawUnsafe<{ id: string }[]>(
    `SELECT id FROM decisions INDEXED BY decisions_by_time WHERE ${where}
     ORDER BY at DESC, id DESC LIMIT ${limit + 1}`,
    ...conditions.flatMap(([, ...parameters]) => parameters),
  )
  return found.map(({ id }) => id)
}

/** The decision with this id, or the newest one of the request with this id. */
export async function readDecision(db: Db, id: string, warn: Warn): Promise<DecisionView | null> {
  const row =
    (await db.decision.findUnique({ where: { id } })) ??
    (await db.decision.findFirst({ where: { requestId: id }, orderBy: [{ at: 'desc' }, { id: 'desc' }] }))
  return row === null ? null : (readable([row], decisionOfRow, { name, warn })[0] ?? null)
}

const countSchema = z.object({
  route: z.string(),
  provider: z.string().transform((id) => (id === '' ? null : id)),
  reasonCode: z.enum(REASON_CODES),
  count: z.bigint().transform(Number),
})

/** The count a row stands for. Throws when the row is not one. */
export function countOfRow(row: CountRow): DecisionCount {
  const { provider, ...count } = countSchema.parse(row)
  return { ...count, providerId: provider }
}
