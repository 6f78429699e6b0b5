import type { History } from '#lib/contract/check.ts'
import { resolutionFor } from '#lib/contract/resolution.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { OutcomeSource } from '#lib/domain/outcome.ts'
import type { Engine } from './engine.ts'
import { type AskedRange, rangeOf } from './range.ts'

/** As many points as a chart of a wide screen can show apart. */
const DEFAULT_POINTS = 360

/** Which history: of one provider, in a range (the last hour by default), in about so many points. */
export type HistoryQuery = AskedRange & {
  providerId: string
  points?: number | undefined
  source?: OutcomeSource | undefined
  model?: string | undefined
}

/** Counts and latency in buckets; a deleted provider's stay. Throws `not_found` for an id never heard of. */
export async function readHistory(engine: Engine, query: HistoryQuery): Promise<History> {
  const range = rangeOf(query, engine.clock.now())
  const entry = engine.fleet.entries.get(query.providerId)
  const history = await engine.reader.history({
    ...range,
    providerId: query.providerId,
    source: query.source ?? null,
    model: query.model ?? null,
    resolutionMs: resolutionFor(range.to - range.from, query.points ?? DEFAULT_POINTS),
    slowMs: entry?.policies.breaker.slowCallMs ?? null,
  })
  if (history.buckets.length === 0 && entry === undefined) throw notFound('provider', query.providerId)
  return history
}
