import type { AlertRule, Course, CourseLook } from './course.ts'
import { forgottenAt, roundAfter } from './flapping.ts'
import { FOR_EVALUATIONS, KEEP_FIRING_ROUNDS } from './rule.ts'
import type { Verdict } from './verdict.ts'

/**
 * For how long what goes on as it was need not be noted, in ms: no more than is lost among the 15 minutes that break
 * what was to be held.
 */
const NOTED_EVERY_MS = 60_000

/**
 * The verdict that changes nothing of an alert that anybody can see, until `restsUntil`: hundreds of thousands may fire.
 * Null where every evaluation counts: flapping is to be seen to end, and data to be there again.
 */
export function restsWhile({ state, flaps, hasData }: Course): Exclude<Verdict, 'no_data'> | null {
  if (flaps.isFlapping || !hasData) return null
  return state === 'firing' || state === 'pending' ? 'bad' : 'good'
}

/**
 * Until when an alert need not be evaluated while the verdict is that of `restsWhile`, epoch ms. Flapping is worked out
 * round by round whenever it is next asked for, so that an alarm may go on without end.
 */
export function restsUntil(course: Course, { forMs, keepFiringMs }: AlertRule, roundMs: number): number {
  const { state, runSince, runEvaluations, lastAt, flaps } = course
  switch (state) {
    case 'firing':
      return Infinity
    case 'pending':
      // The one that finds it held is one more.
      return runEvaluations + 1 < FOR_EVALUATIONS
        ? lastAt
        : Math.min(lastAt + NOTED_EVERY_MS, runSince + forMs)
    case 'recovering': {
      const until = Math.min(lastAt + NOTED_EVERY_MS, roundAfter(lastAt, roundMs))
      return runEvaluations < KEEP_FIRING_ROUNDS ? until : Math.min(until, runSince + keepFiringMs)
    }
    case 'inactive':
    case 'resolved':
      return forgottenAt(flaps, roundMs)
  }
}

/** Whether an evaluation would change nothing of an alert that anybody can see. */
export function isAtRest(course: Course, { verdict, at, roundMs }: CourseLook, rule: AlertRule): boolean {
  // A clock that was set back breaks what was to be held.
  return restsWhile(course) === verdict && at >= course.lastAt && at < restsUntil(course, rule, roundMs)
}
