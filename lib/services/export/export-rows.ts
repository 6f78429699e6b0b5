import type { Check } from '#lib/contract/check.ts'
import { EXPORT_RESOLUTIONS, type ExportedBucket, type ExportResolution } from '#lib/contract/export.ts'
import { resolutionFor } from '#lib/contract/resolution.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { OutcomeClass, OutcomeSource } from '#lib/domain/outcome.ts'
import type { Engine } from '../engine.ts'
import type { Paged } from '../ports.ts'
import { presentAudit } from '../present/audit.ts'
import { type AskedRange, rangeOf } from '../range.ts'
import { type AskedAudit, auditQuery } from '../read-audit.ts'
import { isTold } from './columns.ts'

/** Rows asked for at once: few enough that no reader waits for an export. */
const PAGE_SIZE = 500
/** As many buckets as a chart has at most. */
const MOST_BUCKETS = 720

/** What is exported: of one provider or of all, in a range (the last hour by default). */
type Asked = AskedRange & { providerId?: string | undefined; source?: OutcomeSource | undefined }

/** The pages of a list, each asked for when the one before has been taken. */
async function* pagesOf<Item>(read: (cursor: string | null) => Promise<Paged<Item>>): AsyncGenerator<Item[]> {
  let cursor: string | null = null
  do {
    const page: Paged<Item> = await read(cursor)
    if (page.items.length > 0) yield page.items
    cursor = page.nextCursor
  } while (cursor !== null)
}

/** The pages as they are; throws `not_found` when there is none and the provider was never heard of. */
async function* ofKnown<Item>(
  { fleet }: Engine,
  id: string | undefined,
  pages: AsyncGenerator<Item[]>,
): AsyncGenerator<Item[]> {
  let isEmpty = true
  for await (const page of pages) {
    isEmpty = false
    yield page
  }
  if (isEmpty && id !== undefined && !fleet.entries.has(id)) throw notFound('provider', id)
}

const providersOf = ({ fleet }: Engine, id: string | undefined) =>
  id === undefined ? [...fleet.entries.keys()].sort() : [id]

/** Checks, provider by provider, newest first. */
export function exportChecks(
  engine: Engine,
  query: Asked & { class?: OutcomeClass | undefined },
): AsyncGenerator<Check[]> {
  const range = rangeOf(query, engine.clock.now())
  const asked = { ...range, class: query.class ?? null, source: query.source ?? null, limit: PAGE_SIZE }
  async function* pages() {
    for (const providerId of providersOf(engine, query.providerId))
      yield* pagesOf((cursor) => engine.reader.checks({ ...asked, providerId, cursor }))
  }
  return ofKnown(engine, query.providerId, pages())
}

/** Buckets, provider by provider, oldest first; as wide as a chart of the range has them unless it is said. */
export function exportHistory(
  engine: Engine,
  query: Asked & { model?: string | undefined; resolution?: ExportResolution | undefined },
): AsyncGenerator<ExportedBucket[]> {
  const { from, to } = rangeOf(query, engine.clock.now())
  const resolutionMs =
    query.resolution === undefined
      ? resolutionFor(to - from, MOST_BUCKETS)
      : EXPORT_RESOLUTIONS[query.resolution]
  const asked = { source: query.source ?? null, model: query.model ?? null, resolutionMs }
  const partMs = resolutionMs * MOST_BUCKETS
  async function* pages() {
    for (const providerId of providersOf(engine, query.providerId)) {
      const slowMs = engine.fleet.entries.get(providerId)?.policies.breaker.slowCallMs ?? null
      // Parts begin at a bucket's begin, so that none is cut in two.
      for (let part = from; part < to; part = Math.floor(part / partMs) * partMs + partMs) {
        const end = Math.min(to, Math.floor(part / partMs) * partMs + partMs)
        const history = await engine.reader.history({ ...asked, providerId, slowMs, from: part, to: end })
        const width = history.resolutionMs
        if (history.buckets.length > 0)
          yield history.buckets.map((bucket) => ({ ...bucket, providerId, resolutionMs: width }))
      }
    }
  }
  return ofKnown(engine, query.providerId, pages())
}

/** Transitions, overrides and coolings of all circuits or of one provider's, newest first. */
export function exportTransitions(engine: Engine, query: Asked) {
  const asked = {
    ...rangeOf(query, engine.clock.now()),
    providerId: query.providerId ?? null,
    model: undefined,
    kinds: ['transition', 'override', 'cooling'] as const,
    limit: PAGE_SIZE,
  }
  async function* pages() {
    for await (const page of pagesOf((cursor) => engine.reader.events({ ...asked, cursor })))
      yield page.filter(isTold)
  }
  return ofKnown(engine, query.providerId, pages())
}

/** Entries of the audit, newest first. */
export async function* exportAudit(engine: Engine, asked: AskedAudit) {
  const query = { ...auditQuery(engine, asked), limit: PAGE_SIZE }
  for await (const page of pagesOf((cursor) => engine.reader.audit({ ...query, cursor })))
    yield page.map(presentAudit)
}
