import { healthVerdict, type OutcomeClass } from '#lib/domain/outcome.ts'
import { SliceRing } from '#lib/domain/slice-ring.ts'

const SLICE_MS = 300_000
const HOUR_MS = 3_600_000

/** How a route's requests ended, in an hour. */
export type RequestFigures = {
  count: number
  /** Those that got no good answer through a fault that was not their own. */
  failed: number
  /** Those for which more than one provider was tried. */
  failedOver: number
  panics: number
  noneEligible: number
}

/** What became of an A/B variant's attempts, in an hour. */
export type VariantFigures = { count: number; successRate: number | null; averageLatencyMs: number | null }

type VariantSums = { count: number; ok: number; judged: number; latencyMs: number; timed: number }

type Slice = RequestFigures & {
  startedAt: number
  chosen: Map<string, number>
  variants: Map<string, VariantSums>
}

const newSlice = (): Slice => ({
  startedAt: Number.NaN,
  count: 0,
  failed: 0,
  failedOver: 0,
  panics: 0,
  noneEligible: 0,
  chosen: new Map(),
  variants: new Map(),
})

/** A route's traffic of the last hour and of the hour before, in slices of 5 min aligned to UTC. */
export class RouteTraffic {
  readonly #ring = new SliceRing({ spanMs: 2 * HOUR_MS, sliceMs: SLICE_MS }, newSlice)

  /** Counts that a provider was chosen. */
  countChoice(at: number, providerId: string): void {
    const { chosen } = this.#sliceAt(at)
    chosen.set(providerId, (chosen.get(providerId) ?? 0) + 1)
  }

  /** Counts a request at its end. */
  countRequest(at: number, request: Omit<Record<keyof RequestFigures, boolean>, 'count'>): void {
    const slice = this.#sliceAt(at)
    slice.count += 1
    slice.failed += Number(request.failed)
    slice.failedOver += Number(request.failedOver)
    slice.panics += Number(request.panics)
    slice.noneEligible += Number(request.noneEligible)
  }

  /** Counts how an attempt ended that was made for a variant. */
  countVariant(at: number, variant: string, end: { class: OutcomeClass; latencyMs: number }): void {
    const { variants } = this.#sliceAt(at)
    const sums = variants.get(variant) ?? { count: 0, ok: 0, judged: 0, latencyMs: 0, timed: 0 }
    variants.set(variant, sums)
    const verdict = healthVerdict(end.class)
    sums.count += 1
    if (verdict === 'none') return
    sums.judged += 1
    if (verdict === 'failure') return
    sums.ok += 1
    sums.latencyMs += end.latencyMs
    sums.timed += 1
  }

  /** How often each provider was chosen in the hour that ends `hoursAgo` before `now`. */
  choices(now: number, hoursAgo: 0 | 1): Map<string, number> {
    const sums = new Map<string, number>()
    for (const { chosen } of this.#hour(now, hoursAgo)) {
      for (const [id, count] of chosen) sums.set(id, (sums.get(id) ?? 0) + count)
    }
    return sums
  }

  /** The requests of the hour that ends at `now`. */
  requests(now: number): RequestFigures {
    const figures = { count: 0, failed: 0, failedOver: 0, panics: 0, noneEligible: 0 }
    for (const slice of this.#hour(now, 0)) {
      for (const field of FIGURES) figures[field] += slice[field]
    }
    return figures
  }

  /** What became of a variant in the hour that ends at `now`. */
  variant(now: number, name: string): VariantFigures {
    const total = { count: 0, ok: 0, judged: 0, latencyMs: 0, timed: 0 }
    for (const { variants } of this.#hour(now, 0)) {
      const sums = variants.get(name)
      if (sums === undefined) continue
      for (const field of SUMS) total[field] += sums[field]
    }
    return {
      count: total.count,
      successRate: total.judged === 0 ? null : total.ok / total.judged,
      averageLatencyMs: total.timed === 0 ? null : total.latencyMs / total.timed,
    }
  }

  #sliceAt(at: number): Slice {
    // What is older than two hours has no slice; it is counted where nobody looks.
    const slice = this.#ring.sliceAt(at) ?? newSlice()
    if (Number.isNaN(slice.startedAt)) slice.startedAt = Math.floor(at / SLICE_MS) * SLICE_MS
    return slice
  }

  #hour(now: number, hoursAgo: 0 | 1): Slice[] {
    const end = Math.floor(now / SLICE_MS) * SLICE_MS + SLICE_MS - hoursAgo * HOUR_MS
    return this.#ring.slicesAt(now).filter(({ startedAt }) => startedAt < end && startedAt >= end - HOUR_MS)
  }
}

const FIGURES = ['count', 'failed', 'failedOver', 'panics', 'noneEligible'] as const
const SUMS = ['count', 'ok', 'judged', 'latencyMs', 'timed'] as const
