import type { History } from '#lib/contract/check.ts'
import { parseDuration } from '#lib/contract/duration.ts'
import { RESOLUTIONS } from '#lib/contract/resolution.ts'
import { notFound } from '#lib/domain/errors.ts'
import { finestKept, type Keeping, TIERS } from '#lib/domain/history-tiers.ts'
import type { OutcomeSource } from '#lib/domain/outcome.ts'
import type { Engine } from './engine.ts'
import type { Range } from './ports.ts'
import { type AskedRange, rangeOf } from './range.ts'

/** As many points as a chart of a wide screen can show apart. */
const DEFAULT_POINTS = 720
/** From this length on a chart is drawn from tiers, which are quick however much traffic there was. */
const LONG_MS = 4 * 3_600_000

/** Which history: of one provider, in a range (the last hour by default), in about so many points. */
export type HistoryQuery = AskedRange & {
  providerId: string
  points?: number | undefined
  source?: OutcomeSource | undefined
  model?: string | undefined
}

/** Counts and latency in buckets; a deleted provider's stay. Throws `not_found` for an id never heard of. */
export async function readHistory(engine: Engine, query: HistoryQuery): Promise<History> {
  const now = engine.clock.now()
  const range = rangeOf(query, now)
  const rawMs = parseDuration(engine.fleet.settings.settings.history.raw) ?? 0
  const entry = engine.fleet.entries.get(query.providerId)
  const history = await engine.reader.history({
    ...range,
    providerId: query.providerId,
    source: query.source ?? null,
    model: query.model ?? null,
    resolutionMs: resolutionOf(range, query.points ?? DEFAULT_POINTS, { now, rawMs }),
    slowMs: entry?.policies.breaker.slowCallMs ?? null,
  })
  if (history.buckets.length === 0 && entry === undefined) throw notFound('provider', query.providerId)
  return history
}

/** The finest width that cuts the range into at most `points` buckets of which none is finer than what is kept. */
export function resolutionOf({ from, to }: Range, points: number, keeping: Keeping): number {
  const lengthMs = to - from
  const finest = Math.max(finestKept(from, keeping), lengthMs >= LONG_MS ? TIERS[0].widthMs : 1)
  const fits = (width: number) => width % finest === 0 && lengthMs / width <= points
  return RESOLUTIONS.find(fits) ?? TIERS[3].widthMs
}
