import { mergedHistogram, newHistogram, quantile, recordValue } from './histogram.ts'
import type { Histogram } from './histogram.ts'
import { healthVerdict } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import { SliceRing } from './slice-ring.ts'

type Slice = { ok: number; failed: number; others: number; passive: number; latency: Histogram }

/** The last hour in figures; null, never zero, for what was not measured. */
type LastHourFigures = {
  /** All outcomes, of any class. */
  count: number
  /** ok / (ok + provider_error + credentials), 0–1. */
  successRate: number | null
  /** Percentiles of the successes' latency, within 2 %. */
  p50Ms: number | null
  p95Ms: number | null
  /** Outcomes from real traffic, of any class: the provider's part in its share of the fleet's. */
  passiveCount: number
}

const newSlice = (): Slice => ({ ok: 0, failed: 0, others: 0, passive: 0, latency: newHistogram() })

/**
 * What a provider's checks and traffic came to in the last hour, in slices of 5 min aligned to UTC: never a
 * call older than an hour, and all of the last 55 min. Some 7 KB with steady traffic, few hundred bytes idle.
 */
export class LastHour {
  readonly #ring = new SliceRing({ spanMs: 3_600_000, sliceMs: 300_000 }, newSlice)

  /** Counts an outcome, or so many alike, at its end; one that is older than the hour is dropped. */
  record(outcome: Pick<Outcome, 'class' | 'source' | 'latencyMs' | 'at'>, times = 1): void {
    const slice = this.#ring.sliceAt(outcome.at)
    if (slice === null) return
    const verdict = healthVerdict(outcome.class)
    if (outcome.source === 'passive') slice.passive += times
    if (verdict === 'success') slice.ok += times
    else if (verdict === 'failure') slice.failed += times
    else slice.others += times
    if (verdict === 'success' && outcome.latencyMs !== null)
      recordValue(slice.latency, outcome.latencyMs, times)
  }

  /** The figures' `passiveCount` alone, which costs next to nothing. */
  passiveCount(now: number): number {
    return sumOf(this.#ring.slicesAt(now), 'passive')
  }

  /** The figures of the hour that ends at `now`. */
  figures(now: number): LastHourFigures {
    const slices = this.#ring.slicesAt(now)
    const latency = mergedHistogram(slices.map((slice) => slice.latency))
    const ok = sumOf(slices, 'ok')
    const counted = ok + sumOf(slices, 'failed')
    return {
      count: counted + sumOf(slices, 'others'),
      successRate: counted === 0 ? null : ok / counted,
      p50Ms: quantile(latency, 0.5),
      p95Ms: quantile(latency, 0.95),
      passiveCount: sumOf(slices, 'passive'),
    }
  }
}

/** An hour in which nothing has happened. */
export const newLastHour = (): LastHour => new LastHour()

const sumOf = (slices: readonly Slice[], field: 'ok' | 'failed' | 'others' | 'passive'): number =>
  slices.reduce((sum, slice) => sum + slice[field], 0)
