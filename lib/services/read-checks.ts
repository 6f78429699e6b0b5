import type { Check } from '#lib/contract/check.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { OutcomeClass, OutcomeSource } from '#lib/domain/outcome.ts'
import type { Engine } from './engine.ts'
import type { Page, Paged } from './ports.ts'
import { type AskedRange, justAfter, rangeOf } from './range.ts'

const PAGE_SIZE = 100

/** Which checks: of one provider, in a range (the last hour by default), of a class, of a source. */
export type ChecksQuery = AskedRange & {
  [Name in keyof Page]?: Page[Name] | undefined
} & {
  providerId: string
  class?: OutcomeClass | undefined
  source?: OutcomeSource | undefined
}

/** A page of the check log, newest first; a deleted provider's stays. Throws `not_found` for an id never heard of. */
export async function readChecks(engine: Engine, query: ChecksQuery): Promise<Paged<Check>> {
  const page = await engine.reader.checks({
    ...rangeOf(query, justAfter(engine)),
    cursor: query.cursor ?? null,
    limit: query.limit ?? PAGE_SIZE,
    providerId: query.providerId,
    class: query.class ?? null,
    source: query.source ?? null,
  })
  if (page.items.length === 0 && !engine.fleet.entries.has(query.providerId)) {
    throw notFound('provider', query.providerId)
  }
  return page
}
