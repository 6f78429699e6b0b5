import type { RecentCheck } from '#lib/contract/monitor.ts'
import { CHECK_SLOTS, checkMark, type CheckMark } from './check-strip-view.ts'

const CELL = 4
const GAP = 0.6
/** The box the bars are drawn in; the drawing stretches it to its place. */
export const MINI_STRIP_HEIGHT = 22
export const MINI_STRIP_WIDTH = CHECK_SLOTS * CELL

/** How tall a mark stands, as a share of the strip: worse is taller, so that it also reads without colour. */
const TALLNESS: Record<CheckMark, number> = {
  failed: 1,
  limited: 0.7,
  passed: 0.4,
  neutral: 0.4,
  skipped: 0.4,
  none: 0.1,
}

const round = (value: number) => Math.round(value * 100) / 100

// A bar's path is put together from these: a first screen draws a thousand, each time it is rendered.
const STARTS = Array.from({ length: CHECK_SLOTS }, (_, place) => `M${round(place * CELL + GAP)} `)
const BARS: Record<CheckMark, string> = {
  failed: barOf('failed'),
  limited: barOf('limited'),
  passed: barOf('passed'),
  neutral: barOf('neutral'),
  skipped: barOf('skipped'),
  none: barOf('none'),
}

function barOf(mark: CheckMark): string {
  const tall = Math.max(2, TALLNESS[mark] * MINI_STRIP_HEIGHT)
  const wide = CELL - 2 * GAP
  return `${round((MINI_STRIP_HEIGHT - tall) / 2)}h${round(wide)}v${round(tall)}h${round(-wide)}z`
}

/** All bars of one mark as one path. */
export type MiniStripPath = { mark: CheckMark; d: string }

/** The last checks as a strip for a list: a path for each mark rather than a shape for each check. */
export type MiniStripView = { paths: readonly MiniStripPath[]; summary: string }

/** The last checks, oldest first, on sixty places; the newest stands at the right end. */
export function miniStripView(recent: readonly RecentCheck[]): MiniStripView {
  const shown = recent.slice(-CHECK_SLOTS)
  const empty = CHECK_SLOTS - shown.length
  const marks = shown.map(([, outcomeClass]) => checkMark(outcomeClass))
  const byMark = new Map<CheckMark, string>()
  for (const [place, start] of STARTS.entries()) {
    const mark = marks[place - empty] ?? 'none'
    byMark.set(mark, `${byMark.get(mark) ?? ''}${start}${BARS[mark]}`)
  }
  return { paths: [...byMark].map(([mark, d]) => ({ mark, d })), summary: summaryOf(marks) }
}

function summaryOf(marks: readonly CheckMark[]): string {
  const run = marks.filter((mark) => mark !== 'skipped')
  if (run.length === 0) return 'No check yet.'
  const passed = run.filter((mark) => mark === 'passed').length
  return `${passed} of the last ${run.length} checks passed.`
}
