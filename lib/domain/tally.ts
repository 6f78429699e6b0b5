import { countAbove, type Histogram, mergeHistogram, newHistogram, recordValue } from './histogram.ts'
import type { OutcomeClass } from './outcome.ts'
import { tenthsOf } from './tenths.ts'

/** Outcomes of a stretch of time, added up: what a chart's bucket and a rollup are made of. Latencies are of successes. */
export type Tally = {
  byClass: Partial<Record<OutcomeClass, number>>
  slow: number
  latencySumTenths: number
  latencies: Histogram
}

/** Outcomes that ended alike: how many, their mean latency, and the latency of each where they are many successes. */
export type Alike = {
  class: OutcomeClass
  count: number
  latencyMs: number | null
  latencies: Histogram | null
}

/** A tally of nothing. */
export const newTally = (): Tally => ({
  byClass: {},
  slow: 0,
  latencySumTenths: 0,
  latencies: newHistogram(),
})

/** Adds outcomes in place; successes above `slowMs` are slow, none when it is null. */
export function addAlike(tally: Tally, alike: Alike, slowMs: number | null): void {
  const { class: outcomeClass, count, latencyMs, latencies } = alike
  tally.byClass[outcomeClass] = (tally.byClass[outcomeClass] ?? 0) + count
  if (outcomeClass !== 'ok' || latencyMs === null) return
  tally.latencySumTenths += tenthsOf(latencyMs * count)
  if (latencies === null) recordValue(tally.latencies, latencyMs, count)
  else mergeHistogram(tally.latencies, latencies)
  if (slowMs === null) return
  if (latencies !== null) tally.slow += countAbove(latencies, slowMs)
  else if (latencyMs > slowMs) tally.slow += count
}

/** Adds another tally in place. */
export function addTally(tally: Tally, other: Tally): void {
  for (const [name, count] of Object.entries(other.byClass)) {
    const outcomeClass = name as OutcomeClass
    tally.byClass[outcomeClass] = (tally.byClass[outcomeClass] ?? 0) + count
  }
  tally.slow += other.slow
  tally.latencySumTenths += other.latencySumTenths
  mergeHistogram(tally.latencies, other.latencies)
}
