import type { Alert } from './alert.ts'
import { isSameList, type CompiledRule } from './compiled-rule.ts'
import type { Course } from './course.ts'
import type { SubjectFacts } from './facts.ts'
import { roundOf } from './flapping.ts'
import type { Rule } from './rule.ts'
import { restsUntil, restsWhile } from './rest.ts'
import type { Verdict } from './verdict.ts'

/** A number for each rule of a subject's kind, in their order: which verdict about it changes nothing. */
type Marks = Uint8Array
const NO_ALERT = 0
const RESTS_WHILE_BAD = 1
const RESTS_WHILE_GOOD = 2
const ASK = 3

/** How a subject of which there are alerts was last looked at. */
export type Look = {
  /** By which rules and with which tags, which its alerts' labels are of. */
  rules: readonly CompiledRule[]
  tags: readonly string[]
  /** From when until when the marks say what changes nothing, epoch ms. */
  at: number
  until: number
  marks: Marks
  /** When the next alert has held for as long as its rule asks, epoch ms; null: none will by itself. */
  dueAt: number | null
}

type Looked = {
  facts: SubjectFacts
  rules: readonly CompiledRule[]
  ofType: readonly CompiledRule[]
  now: number
}

/** How a subject is looked at, its alerts being these. `ofType` are the rules of its kind that are enabled. */
export function lookOf(alerts: ReadonlyMap<string, Alert>, { facts, rules, ofType, now }: Looked): Look {
  const roundMs = roundOf(facts.checkIntervalMs)
  const look: Look = {
    rules,
    tags: facts.tags,
    at: now,
    until: Infinity,
    marks: new Uint8Array(ofType.length),
    dueAt: null,
  }
  for (const [place, { rule }] of ofType.entries()) {
    const alert = alerts.get(rule.id)
    if (alert === undefined) continue
    const { course } = alert
    const verdict = restsWhile(course)
    look.marks[place] = verdict === null ? ASK : verdict === 'bad' ? RESTS_WHILE_BAD : RESTS_WHILE_GOOD
    if (verdict !== null) look.until = Math.min(look.until, restsUntil(course, rule, roundMs))
    const dueAt = dueAtOf(course, rule)
    if (dueAt > now && (look.dueAt === null || dueAt < look.dueAt)) look.dueAt = dueAt
  }
  return look
}

/** Whether the subject was looked at by these rules, and with the tags that it has. */
export const isOf = (look: Look, rules: readonly CompiledRule[], { tags }: SubjectFacts): boolean =>
  look.rules === rules && isSameList(look.tags, tags)

/** Whether the marks hold at a time; not before they were made, as a clock may be set back. */
export const isResting = ({ at, until }: Look, now: number): boolean => at <= now && now < until

/** Whether a verdict by a rule changes nothing, by the rule's mark; without one, there is no alert. */
export function changesNothing(verdict: Verdict, { noData }: Rule, mark = NO_ALERT): boolean {
  if (mark === NO_ALERT) return verdict === 'good' || (verdict === 'no_data' && noData !== 'fire')
  return mark === RESTS_WHILE_BAD ? verdict === 'bad' : mark === RESTS_WHILE_GOOD && verdict === 'good'
}

/** When the alert has held for as long as its rule asks; −Infinity where nothing is to be held. */
function dueAtOf({ state, runSince }: Course, { forMs, keepFiringMs }: Rule): number {
  if (state === 'pending') return runSince + forMs
  return state === 'recovering' ? runSince + keepFiringMs : -Infinity
}
