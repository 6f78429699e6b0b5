import type { Buckets } from './bucket-counts.ts'

/** A series' labels. Values may be any text: they are escaped where they are written. */
export type Labels = Readonly<Record<string, string>>

/** One series as it stands. */
export type Sample = { labels: Labels; value: number }

/** One series of a histogram as it stands. */
export type Distribution = { labels: Labels; buckets: Buckets }

/**
 * What all metrics of one name have in common, and how their values are read when somebody asks. `read` may be paused
 * between two series while the fleet goes on: each is whole, and two of them may be of two moments. A counter's name
 * ends in `_total`, any other in its unit, and a counter never falls while the process lives.
 */
export type Family<Source> = {
  name: string
  /** One sentence without quotation marks. */
  help: string
  labels: readonly string[]
} & (
  | { type: 'counter' | 'gauge'; read: (source: Source) => Iterable<Sample> }
  | { type: 'histogram'; read: (source: Source) => Iterable<Distribution> }
)

/** The same family, read from something that the source is a part of. */
export function readFrom<Source, Whole>(
  family: Family<Source>,
  part: (whole: Whole) => Source,
): Family<Whole> {
  if (family.type === 'histogram') return { ...family, read: (whole) => family.read(part(whole)) }
  return { ...family, read: (whole) => family.read(part(whole)) }
}

/** 1 for what is the case, 0 for what is not: a state is told as a series for each it may be in. */
export const oneHot = (isSo: boolean): number => Number(isSo)

/** Metrics are in seconds, durations here in ms. */
export const seconds = (ms: number): number => ms / 1_000
