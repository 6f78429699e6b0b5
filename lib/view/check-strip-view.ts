import type { RecentCheck } from '#lib/contract/monitor.ts'
import type { OutcomeClass } from '#lib/domain/outcome.ts'
import { formatMs, needsDay } from './format.ts'
import { CLASS_WORDS } from './outcome-words.ts'
import { momentWords, type Zone } from './zoned-time.ts'

/** How many checks a strip shows. */
export const CHECK_SLOTS = 60

/**
 * What a check says about the provider: `passed`, `failed`, `limited` (asked to be left alone), `neutral` (not the
 * provider's doing), `skipped` (not run), `none` (not yet checked that often).
 */
export type CheckMark = 'passed' | 'failed' | 'limited' | 'neutral' | 'skipped' | 'none'

export type CheckCell = { mark: CheckMark; at: number | null; title: string }

/** The last checks, oldest first, always as many cells as there are slots. */
export type CheckStripView = { cells: readonly CheckCell[]; summary: string }

const MARKS: Record<OutcomeClass, CheckMark> = {
  ok: 'passed',
  provider_error: 'failed',
  credentials: 'failed',
  rate_limited: 'limited',
  client_error: 'neutral',
  cancelled: 'neutral',
  internal: 'neutral',
}

/** What an outcome's class says about the provider; null is a check that was skipped. */
export const checkMark = (outcomeClass: OutcomeClass | null): CheckMark =>
  outcomeClass === null ? 'skipped' : MARKS[outcomeClass]

type Clock = { now: number; zone: Zone }

const moment = (at: number, { now, zone }: Clock) => momentWords(at, zone, needsDay(at, now))

const EMPTY: CheckCell = { mark: 'none', at: null, title: 'No check yet' }

/** The last checks as a strip; the newest stands at the right end, missing ones are empty cells at the left. */
export function checkStripView(
  recent: readonly RecentCheck[],
  { now, zone, slots = CHECK_SLOTS }: { now: number; zone: Zone; slots?: number },
): CheckStripView {
  const shown = recent.slice(-slots).map((check) => cellOf(check, { now, zone }))
  const empty = Array.from({ length: slots - shown.length }, () => EMPTY)
  return { cells: [...empty, ...shown], summary: summaryOf(shown, { now, zone }) }
}

function cellOf([at, outcomeClass, latencyMs]: RecentCheck, { now, zone }: Clock): CheckCell {
  const when = moment(Date.parse(at), { now, zone })
  const words = outcomeClass === null ? 'skipped' : CLASS_WORDS[outcomeClass]
  const latency = latencyMs === null ? '' : `, ${formatMs(latencyMs)}`
  return { mark: checkMark(outcomeClass), at: Date.parse(at), title: `${when} ${words}${latency}` }
}

function summaryOf(cells: readonly CheckCell[], { now, zone }: Clock): string {
  const run = cells.filter(({ mark }) => mark !== 'skipped')
  if (run.length === 0) return cells.length === 0 ? 'No check yet.' : 'All of the last checks were skipped.'
  const passed = run.filter(({ mark }) => mark === 'passed').length
  const lastFailed = run.findLast(({ mark }) => mark === 'failed')
  const failed =
    lastFailed?.at == null ? '' : `; the last failure was at ${moment(lastFailed.at, { now, zone })}`
  return `${passed} of the last ${run.length} checks passed${failed}.`
}
