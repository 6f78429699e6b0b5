import { parseDuration } from '#lib/contract/duration.ts'

/** The ranges offered in the bar, as the URL writes them. */
export const TIME_RANGES = [
  '15m',
  '1h',
  '6h',
  '24h',
  '48h',
  '7d',
  '14d',
  '30d',
  '90d',
  '180d',
  '400d',
] as const
export type TimeRange = (typeof TIME_RANGES)[number]
export const DEFAULT_RANGE: TimeRange = '1h'

/** The range that the URL's `range` names; anything else is the default. */
export const parseTimeRange = (text: string | null | undefined): TimeRange =>
  TIME_RANGES.find((range) => range === text) ?? DEFAULT_RANGE

/** A range's length in ms. */
export const rangeMs = (range: TimeRange): number => parseDuration(range) ?? Number.NaN

const UNITS = { m: 'min', h: 'h', d: 'days' } as const

/** How long a range is: `15 min`, `1 h`, `30 days`. */
export const rangeLength = (range: TimeRange): string =>
  `${range.slice(0, -1)} ${UNITS[range.slice(-1) as keyof typeof UNITS]}`

/** A range in words: `last 15 min`, `last hour`, `last 6 h`, `last 30 days`. */
export const rangeInWords = (range: TimeRange): string =>
  range === '1h' ? 'last hour' : `last ${rangeLength(range)}`
