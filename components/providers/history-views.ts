import type { ProviderDetail } from '#lib/contract/monitor.ts'
import { annotationsView } from '#lib/view/annotations-view.ts'
import { breakerStripView } from '#lib/view/breaker-strip-view.ts'
import { checkTicksView } from '#lib/view/check-ticks-view.ts'
import type { Ghost } from '#lib/view/ghost-view.ts'
import { latencyView } from '#lib/view/latency-view.ts'
import { successView } from '#lib/view/success-view.ts'
import { thresholdNumber } from '#lib/view/thresholds-in-force-view.ts'
import type { TimeGrid } from '#lib/view/time-grid.ts'
import { volumeView } from '#lib/view/volume-view.ts'
import type { Happenings } from '#lib/client/provider-queries.ts'
import type { Bucket } from '#lib/contract/check.ts'

type Thresholds = ProviderDetail['thresholds']

/** What the charts draw, from one grid and the buckets of the chosen source and of checks alone. */
export function chartViews(
  grid: TimeGrid,
  { shown, active, ghost }: { shown: readonly Bucket[]; active: readonly Bucket[]; ghost: Ghost | null },
  thresholds: Thresholds,
) {
  const limits = {
    ghost,
    failoverThreshold: thresholdNumber(thresholds, 'health', 'failoverThreshold') ?? 0,
    minSamples: thresholdNumber(thresholds, 'health', 'minSamples') ?? 1,
  }
  return {
    success: successView(grid, shown, limits),
    latency: latencyView(grid, shown, {
      limitMs: thresholdNumber(thresholds, 'health', 'degradedLatency'),
      ghost,
    }),
    volume: volumeView(grid, shown, ghost),
    checks: checkTicksView(grid, active),
    minSamples: limits.minSamples,
    ghost,
    shown,
    active,
  }
}

export type ChartViews = ReturnType<typeof chartViews>

type LaneInput = {
  grid: TimeGrid
  happenings: Happenings | null
  detail: ProviderDetail
  glyphShare: number
}

/** The breaker's lane and the annotations over it; a model's circuit has a lane of its own, see `modelStrip`. */
export function laneViews({ grid, happenings, detail, glyphShare }: LaneInput) {
  const { from, to, zone } = grid
  const now = Math.max(Date.parse(detail.asOf), to - grid.resolutionMs)
  return {
    strip: circuitStrip({ grid, happenings, detail, model: null }),
    annotations: annotationsView({
      from,
      to,
      now,
      zone,
      events: happenings?.items ?? [],
      glyphShare,
    }),
  }
}

/** One circuit's strip over the page's window; `model` null is the provider's own. */
export function circuitStrip({
  grid,
  happenings,
  detail,
  model,
}: Pick<LaneInput, 'grid' | 'happenings' | 'detail'> & { model: string | null }) {
  const { snapshot, provider } = detail
  const circuit = model === null ? snapshot.circuit : snapshot.models.find((one) => one.model === model)
  return breakerStripView({
    from: grid.from,
    to: grid.to,
    now: Date.parse(detail.asOf),
    zone: grid.zone,
    providerId: snapshot.id,
    model,
    initial: happenings?.initial ?? [],
    events: happenings?.items ?? [],
    current: circuit ?? null,
    knownSince: model === null ? Date.parse(provider.createdAt) : null,
    truncated: happenings !== null && happenings.nextCursor !== null,
  })
}
