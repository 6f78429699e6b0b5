import type { Exactness } from '#lib/contract/preview.ts'
import { parseDuration } from '#lib/contract/duration.ts'
import { dateTimeWords, formatCount, formatPercent, plural, spanWords } from './format.ts'
import type { Zone } from './zoned-time.ts'

/** The ranges that a preview and a suggestion are made over. */
export const PREVIEW_RANGES = ['24h', '7d', '30d'] as const
export type PreviewRange = (typeof PREVIEW_RANGES)[number]

/** A range's length in ms. */
export const previewRangeMs = (range: PreviewRange): number => parseDuration(range) ?? Number.NaN

/** A range on its button: `24 h`, `7 d`. */
export const previewRangeWords = (range: PreviewRange): string =>
  spanWords(previewRangeMs(range)).replace('1\u202fd', '24\u202fh')

/** How much of what was replayed is exact, in words. */
export function exactnessWords({ outcomes, approximate, share }: Exactness): string {
  if (outcomes === 0) return 'Nothing is recorded in this range.'
  const all = plural(outcomes, 'outcome')
  if (approximate === 0) return `Exact: ${all}, each recorded call by call.`
  return (
    `${formatPercent(share)} exact: ${all}, of which ${formatCount(approximate)} ` +
    'came too fast and were only counted by the second.'
  )
}

/** The same in a few words, for beside a title: `12,400 outcomes, 86 % exact`. */
export const exactnessFacts = ({ outcomes, share }: Exactness): string =>
  outcomes === 0 ? 'nothing recorded' : `${plural(outcomes, 'outcome')}, ${formatPercent(share)} exact`

// Records that begin a little late are not worth a remark.
const NEGLIGIBLE = 0.02

/** What part of the range has records, in words; null where they cover it. */
export function coverageWords(
  { recordedFrom }: Pick<Exactness, 'recordedFrom'>,
  range: { from: string; to: string },
  zone: Zone,
): string | null {
  if (recordedFrom === null) return null
  const [from, to, begun] = [Date.parse(range.from), Date.parse(range.to), Date.parse(recordedFrom)]
  if (begun - from <= (to - from) * NEGLIGIBLE) return null
  return `Records begin ${dateTimeWords(begun, zone)}: they cover ${spanWords(to - begun)} of ${spanWords(to - from)}.`
}
