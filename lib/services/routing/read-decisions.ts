import { readCursor, writeCursor } from '#lib/contract/cursor.ts'
import type { DecisionView } from '#lib/contract/decision.ts'
import { isAppError, notFound } from '#lib/domain/errors.ts'
import type { Engine } from '../engine.ts'
import type { Page, Paged } from '../ports.ts'
import { chosenProvider, presentDecision } from '../present/decision.ts'
import type { DecisionCount, KeptDecision } from '../records.ts'

const PAGE_SIZE = 50

/** Which decisions: of a route, with a provider's part in them, of requests that failed (or did not). */
export type DecisionsQuery = { [Name in keyof Page]?: Page[Name] | undefined } & {
  route?: string | undefined
  providerId?: string | undefined
  failed?: boolean | undefined
}

/** A page of decisions, newest first: those in memory, and behind them those that were kept. */
export async function readDecisions(engine: Engine, query: DecisionsQuery): Promise<Paged<DecisionView>> {
  const { cursor = null, limit = PAGE_SIZE, route = null, providerId = null, failed = null } = query
  const held = heldBehind(engine, cursor).filter((entry) => fits(entry, { route, providerId, failed }))
  const page = await keptOf(engine, { cursor, limit, route, providerId, failed }, held.length > 0)
  const byId = new Map(page.items.map((decision) => [decision.id, decision]))
  for (const { decision } of held) byId.set(decision.id, presentDecision(decision))
  const all = [...byId.values()].sort(newestFirst)
  const items = all.slice(0, limit)
  const last = items.at(-1)
  const isMore = last !== undefined && (all.length > limit || page.nextCursor !== null)
  return { items, nextCursor: isMore ? writeCursor({ at: Date.parse(last.at), id: last.id }) : null }
}

/** The decision with this id, or the newest of the request with this id. Throws `not_found`. */
export async function readDecision({ routing, reader }: Engine, id: string): Promise<DecisionView> {
  const held = routing.log.find(id)
  const found = held === null ? await reader.decision(id) : presentDecision(held.decision)
  if (found === null) throw notFound('decision', id)
  return found
}

/** How often each reason chose each provider on each route, since the database was made. */
export const readDecisionCounts = ({ routing }: Engine): { items: DecisionCount[] } => ({
  items: routing.counts.all(),
})

/** What is in memory behind the cursor; the reader complains of one that it cannot read. */
function heldBehind({ routing }: Engine, cursor: string | null): KeptDecision[] {
  const after = cursor === null ? null : readCursor(cursor)
  return routing.log
    .held()
    .filter(
      ({ decision: { at, id } }) => after === null || at < after.at || (at === after.at && id < after.id),
    )
}

type Asked = Parameters<Engine['reader']['decisions']>[0]

/** What was kept. With the database away the newest are shown all the same, as long as memory has any. */
async function keptOf({ reader }: Engine, asked: Asked, isAny: boolean): Promise<Paged<DecisionView>> {
  try {
    return await reader.decisions(asked)
  } catch (error) {
    if (isAny && isAppError(error) && error.code === 'unavailable') return { items: [], nextCursor: null }
    throw error
  }
}

function fits(
  { decision, failed }: KeptDecision,
  asked: Pick<Asked, 'route' | 'providerId' | 'failed'>,
): boolean {
  if (asked.route !== null && decision.route !== asked.route) return false
  if (asked.failed !== null && failed !== asked.failed) return false
  if (asked.providerId === null || chosenProvider(decision) === asked.providerId) return true
  return decision.attempts.some(({ providerId }) => providerId === asked.providerId)
}

const newestFirst = (a: DecisionView, b: DecisionView) =>
  Date.parse(b.at) - Date.parse(a.at) || (a.id < b.id ? 1 : -1)
