import { Cron } from 'croner'
import type { Interval } from '#lib/domain/alerts/silence.ts'

/** A window that comes again: it begins when the expression says, by the clocks of an IANA zone, and lasts `durationMs`. */
export type Recurrence = { cron: string; zone: string; durationMs: number }

/** What is wrong with a recurrence, for the form's field. */
export type RecurrenceProblem = { field: keyof Recurrence; message: string }

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const MOST_STARTS_A_DAY = 24

/** Some day to count from; what a calendar says is judged without a clock. */
const SOME_DAY = new Date(Date.UTC(2026, 0, 1))

/** What is wrong with the recurrence, the zone first; null when nothing is. */
export function recurrenceProblem({ cron, zone, durationMs }: Recurrence): RecurrenceProblem | null {
  if (!isZone(zone))
    return { field: 'zone', message: `"${zone}" is no time zone; an example of one is Europe/Berlin.` }
  const expression = cronProblem(cron, zone)
  if (expression !== null) return { field: 'cron', message: expression }
  const isLength = durationMs >= MINUTE_MS && durationMs <= 7 * DAY_MS
  return isLength ? null : { field: 'durationMs', message: 'A window lasts from 1 minute to 7 days.' }
}

/**
 * The windows that overlap [from, to), epoch ms, in order, those that meet put together. A window lasts its duration of
 * real time, also over a change of the clocks; one that would begin in the hour that a change leaves out begins at its
 * end, and in an hour that comes twice it begins the first time only. Throws where `recurrenceProblem` names a problem.
 */
export function expandRecurrence(
  recurrence: Recurrence,
  { from, to }: { from: number; to: number },
): Interval[] {
  const problem = recurrenceProblem(recurrence)
  if (problem !== null) throw new RangeError(problem.message)
  const { durationMs } = recurrence
  const schedule = scheduleOf(recurrence.cron, recurrence.zone)
  const windows: Interval[] = []
  // The schedule knows whole seconds and answers with what comes after; a window that ended at `from` is no more.
  let start = schedule.nextRun(new Date(from - durationMs))
  while (start !== null && start.getTime() < to) {
    append(windows, { from: start.getTime(), until: start.getTime() + durationMs })
    start = schedule.nextRun(start)
  }
  return windows
}

function append(windows: Interval[], window: Interval): void {
  const last = windows.at(-1)
  if (last === undefined || last.until < window.from) windows.push(window)
  else windows[windows.length - 1] = { from: last.from, until: Math.max(last.until, window.until) }
}

// "no-wildcard": also one of several hours is moved, not skipped, when it falls into the hour that is left out.
const scheduleOf = (cron: string, zone: string): Cron =>
  new Cron(cron.trim(), { timezone: zone, mode: '5-part', fixedTimeRule: 'no-wildcard', paused: true })

function cronProblem(cron: string, zone: string): string | null {
  // A date would be taken as a schedule of one run.
  if (/^\s*\d{4}-/.test(cron))
    return 'This is a date; a cron expression has five fields, such as 30 2 * * SUN.'
  try {
    const starts = scheduleOf(cron, zone).nextRuns(MOST_STARTS_A_DAY + 1, SOME_DAY)
    const [first, last] = [starts[0], starts[MOST_STARTS_A_DAY]]
    if (first === undefined) return 'This time never comes.'
    const isOften = last !== undefined && last.getTime() - first.getTime() < DAY_MS
    return isOften ? `A window begins at most ${MOST_STARTS_A_DAY} times a day.` : null
  } catch (error) {
    // The library's words behind its own name: "CronPattern: Invalid value for minute: 61".
    const words = error instanceof Error ? error.message.replace(/^\w+: /, '') : 'not understood'
    return `This is no cron expression of five fields: ${words}`
  }
}

function isZone(zone: string): boolean {
  if (/^[+-]/.test(zone)) return false
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
