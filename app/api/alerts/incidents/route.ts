import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { readIncidents } from '#lib/services/alerts/read-incidents.ts'

const MONTH_MS = 30 * 86_400_000

export const GET = handle(operations.readIncidents, ({ engine, query }) => {
  const to = query.to ?? engine.clock.now() + 1
  return readIncidents(engine, {
    from: query.from ?? to - MONTH_MS,
    to,
    state: query.state ?? null,
    providerId: query.providerId ?? null,
    cursor: query.cursor ?? null,
    limit: query.limit ?? 50,
  })
})
