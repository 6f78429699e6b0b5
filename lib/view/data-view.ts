import type { DataView, StoredPart, StoredPartName } from '#lib/contract/data.ts'
import { formatBytes } from './bytes.ts'
import { formatCount, formatShare, NOTHING, roughSpanWords } from './format.ts'
import { momentWords, type Zone } from './zoned-time.ts'

/** One part of the database as a row: what it is, what it is for, and how much of it there is. */
export type DataRow = {
  part: StoredPartName
  name: string
  purpose: string
  rows: string
  /** From when to when, with how long that is; null without rows or time. */
  span: { words: string; length: string } | null
  kept: string
  bytes: string
  /** Of all that the parts take, 0..1. */
  share: number
}

/** The page about the database, ready to draw. */
export type DataPageView = {
  /** "84 MB in one file, 12 GB free on the disk". */
  headline: string
  rows: readonly DataRow[]
  /** What of the file no part takes, in words; null when it is nothing worth telling. */
  rest: string | null
}

const WORDS: Record<StoredPartName, { name: string; purpose: string }> = {
  checks: {
    name: 'Checks',
    purpose: 'Each check and each second of traffic: the check log, the finest charts',
  },
  rollups_1m: { name: 'By the minute', purpose: 'Counts and latencies: charts of hours' },
  rollups_5m: { name: 'By 5 minutes', purpose: 'Charts of days' },
  rollups_1h: { name: 'By the hour', purpose: 'Charts of weeks and months' },
  rollups_1d: { name: 'By the day', purpose: 'Charts of a year and more' },
  kept_failures: { name: 'Failures', purpose: 'The newest 50 of each provider, however old' },
  outcomes: { name: 'Outcomes in order', purpose: 'Packed by the hour: the replay of other thresholds' },
  decisions: { name: 'Decisions', purpose: 'Who was chosen for a request, and why' },
  events: { name: 'What happened', purpose: 'Transitions, overrides, operators’ actions, settings, markers' },
  configuration: { name: 'Configuration', purpose: 'Providers, routes and gateway keys' },
}

/** Parts that keep their rows by number, not by age. */
const BY_NUMBER: ReadonlySet<StoredPartName> = new Set<StoredPartName>(['kept_failures'])

/** What the database holds, in words and shares. */
export function dataView(data: DataView, zone: Zone): DataPageView {
  const { bytes, diskFreeBytes, parts } = data
  const held = parts.reduce((sum, part) => sum + part.bytes, 0)
  const size = `${formatBytes(bytes.file + bytes.log)} in one file`
  return {
    headline:
      diskFreeBytes === null ? `${size}.` : `${size}; ${formatBytes(diskFreeBytes)} free on its disk.`,
    rows: parts.map((part) => rowOf(part, { held, zone, now: Date.parse(data.asOf) })),
    rest: restWords(bytes),
  }
}

function rowOf(part: StoredPart, { held, zone, now }: { held: number; zone: Zone; now: number }): DataRow {
  return {
    part: part.part,
    ...WORDS[part.part],
    rows: formatCount(part.rows),
    span: spanOf(part, zone, now),
    kept: keptWords(part),
    bytes: part.rows === 0 ? NOTHING : formatBytes(part.bytes),
    share: held === 0 || part.rows === 0 ? 0 : part.bytes / held,
  }
}

const HOUR_MS = 3_600_000

function spanOf({ from, to }: StoredPart, zone: Zone, now: number): DataRow['span'] {
  if (from === null || to === null) return null
  const [begin, end] = [Date.parse(from), Date.parse(to)]
  // The end is hardly ever news: it is now.
  const until = now - end < HOUR_MS ? 'now' : momentWords(end, zone, true)
  return { words: `${momentWords(begin, zone, true)} to ${until}`, length: roughSpanWords(end - begin) }
}

function keptWords({ part, keptMs }: StoredPart): string {
  if (keptMs !== null) return roughSpanWords(keptMs)
  return BY_NUMBER.has(part) ? '50 each' : 'for ever'
}

function restWords({ file, log, free }: DataView['bytes']): string | null {
  const parts = [
    free > 0.01 * file
      ? `${formatBytes(free)} (${formatShare(free / file)}) is room for new rows; a backup leaves it out`
      : null,
    log > 0 ? `${formatBytes(log)} was written last and moves into the file by itself` : null,
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : `Of the size, ${parts.join('; ')}.`
}
