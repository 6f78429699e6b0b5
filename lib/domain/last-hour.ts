import {
  mergedHistogram,
  mergeHistogram,
  newHistogram,
  quantile,
  recordValue,
  restingHistogram,
  wokenHistogram,
} from './histogram.ts'
import type { Histogram, KeptHistogram } from './histogram.ts'
import { healthVerdict } from './outcome.ts'
import type { Outcome, OutcomeClass } from './outcome.ts'
import { SliceRing } from './slice-ring.ts'

type Slice = { ok: number; failed: number; others: number; latency: KeptHistogram }

/** Outcomes from real traffic by class; a class without any is left out. */
export type TrafficCounts = Partial<Record<OutcomeClass, number>>

/** The last hour in figures; null, never zero, for what was not measured. */
type LastHourFigures = {
  /** All outcomes, of any class. */
  count: number
  /** ok / (ok + provider_error + credentials), 0–1. */
  successRate: number | null
  /** Percentiles of the successes' latency, within 2 %. */
  p50Ms: number | null
  p95Ms: number | null
  /** Those from real traffic. */
  traffic: TrafficCounts
}

/** How much real traffic there was in the last hour and in the one before: what shares are parts of. */
export type TrafficVolume = { lastHour: number; hourBefore: number }

const SLICE_MS = 300_000
const HOUR_MS = 3_600_000

const newSlice = (): Slice => ({ ok: 0, failed: 0, others: 0, latency: newHistogram() })
const restSlice = (slice: Slice) => {
  slice.latency = restingHistogram(slice.latency)
}
const noTraffic = (): TrafficCounts => ({})

/**
 * What a provider's checks and traffic came to in the last hour, in slices of 5 min aligned to UTC: never a
 * call older than an hour, and all of the last 55 min. Of traffic also the counts of the hour before. Some 4 KB with
 * steady traffic, few hundred bytes idle.
 */
export class LastHour {
  readonly #ring = new SliceRing({ spanMs: HOUR_MS, sliceMs: SLICE_MS }, newSlice, restSlice)
  readonly #traffic = new SliceRing({ spanMs: 2 * HOUR_MS, sliceMs: SLICE_MS }, noTraffic)

  /** Counts an outcome, or so many alike with the latencies of each, at its end; one that is too old is dropped. */
  record(
    outcome: Pick<Outcome, 'class' | 'source' | 'latencyMs' | 'at'>,
    times = 1,
    latencies: Histogram | null = null,
  ): void {
    if (outcome.source === 'passive') this.#countTraffic(outcome, times)
    const slice = this.#ring.sliceAt(outcome.at)
    if (slice === null) return
    const verdict = healthVerdict(outcome.class)
    if (verdict === 'success') slice.ok += times
    else if (verdict === 'failure') slice.failed += times
    else slice.others += times
    if (verdict !== 'success') return
    const latency = wokenHistogram(slice.latency)
    slice.latency = latency
    if (latencies !== null) mergeHistogram(latency, latencies)
    else if (outcome.latencyMs !== null) recordValue(latency, outcome.latencyMs, times)
  }

  #countTraffic({ at, class: outcomeClass }: Pick<Outcome, 'class' | 'at'>, times: number): void {
    const counts = this.#traffic.sliceAt(at)
    if (counts !== null) counts[outcomeClass] = (counts[outcomeClass] ?? 0) + times
  }

  /** How much traffic there was, which costs next to nothing. */
  trafficVolume(now: number): TrafficVolume {
    const lastHour = countOf(this.#traffic.slicesAt(now, HOUR_MS))
    return { lastHour, hourBefore: countOf(this.#traffic.slicesAt(now)) - lastHour }
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
      traffic: this.#trafficOfHour(now),
    }
  }

  /** The 95th percentile of the successes' latency in the last `lastMs`, a multiple of 5 min, within 2 %; null without one. */
  p95(now: number, lastMs: number): number | null {
    return quantile(mergedHistogram(this.#ring.slicesAt(now, lastMs).map(({ latency }) => latency)), 0.95)
  }

  #trafficOfHour(now: number): TrafficCounts {
    const counts: TrafficCounts = {}
    for (const slice of this.#traffic.slicesAt(now, HOUR_MS)) {
      for (const [name, count] of Object.entries(slice)) {
        const outcomeClass = name as OutcomeClass
        counts[outcomeClass] = (counts[outcomeClass] ?? 0) + count
      }
    }
    return counts
  }
}

/** An hour in which nothing has happened. */
export const newLastHour = (): LastHour => new LastHour()

const sumOf = (slices: readonly Slice[], field: 'ok' | 'failed' | 'others'): number =>
  slices.reduce((sum, slice) => sum + slice[field], 0)

function countOf(slices: readonly TrafficCounts[]): number {
  let sum = 0
  for (const slice of slices) for (const count of Object.values(slice)) sum += count
  return sum
}
