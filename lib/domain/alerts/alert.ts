import type { ConditionType } from './condition.ts'
import {
  beginsAnew,
  endCourse,
  isAlarm,
  isOver,
  NEW_COURSE,
  stepCourse,
  type AlertEnding,
  type AlertRule,
  type Course,
  type CourseLook,
} from './course.ts'
import type { Severity } from './incident.ts'
import type { Subject } from './notification.ts'
import type { Seen } from './verdict.ts'

/** What is told of an alert, and what silences and inhibition look at; it outlives the rule. */
export type AlertLabels = {
  ruleId: string
  ruleName: string
  severity: Severity
  condition: ConditionType
  runbookUrl: string | null
  subject: Subject
  subjectKey: string
  providerId: string | null
  tags: readonly string[]
}

/** Somebody has seen it. */
export type Acknowledgement = { by: string; at: number; note: string | null }

/** A rule about one subject. */
export type Alert = {
  labels: AlertLabels
  course: Course
  /** Holds until it is resolved. */
  acknowledgement: Acknowledgement | null
  /** What was seen when it last turned bad. */
  seen: Seen | null
}

/** One evaluation; `describe` is asked only when the alert turns bad. `stepped` steps courses, so that they are shared. */
export type Evaluation = CourseLook & { describe: () => Seen; stepped?: typeof stepCourse }

/** An alert before its first evaluation. */
export const newAlert = (labels: AlertLabels): Alert => ({
  labels,
  course: NEW_COURSE,
  acknowledgement: null,
  seen: null,
})

/** The alert after one evaluation; the same evaluation told twice changes nothing (the same object comes back). */
export function stepAlert(alert: Alert, evaluation: Evaluation, rule: AlertRule): Alert {
  const { stepped = stepCourse } = evaluation
  const { labels, seen, course: before } = alert
  const course = stepped(before, evaluation, rule)
  if (course === before) return alert
  const turnsBad = course.state !== before.state && (course.state === 'pending' || course.state === 'firing')
  return {
    labels,
    course,
    acknowledgement: beginsAnew(before, course) ? null : alert.acknowledgement,
    seen: turnsBad ? sameAs(seen, evaluation.describe()) : seen,
  }
}

/** The alert when its rule or its subject is no more: what fired is resolved, with that reason; else it is forgotten. */
export function endAlert(alert: Alert, ending: Exclude<AlertEnding, 'recovered'>, at: number): Alert {
  const course = endCourse(alert.course, ending, at)
  if (course === alert.course) return alert
  return {
    ...alert,
    course,
    acknowledgement: beginsAnew(alert.course, course) ? null : alert.acknowledgement,
  }
}

/** The alert with somebody's acknowledgement; unchanged unless it fires or recovers, or when somebody was first. */
export const acknowledgeAlert = (alert: Alert, acknowledgement: Acknowledgement): Alert =>
  isActive(alert) && alert.acknowledgement === null ? { ...alert, acknowledgement } : alert

/** Whether it is an alarm at present: firing or recovering. */
export const isActive = ({ course }: Pick<Alert, 'course'>): boolean => isAlarm(course)

/** Whether it need not be kept: nothing is going on, and nothing of its history would be missed. */
export const isForgettable = ({ course }: Alert): boolean => isOver(course)

/** What is seen; the object of before where that is the same, since there may be hundreds of thousands. */
const sameAs = (before: Seen | null, now: Seen): Seen =>
  before !== null && before.value === now.value && before.sentence === now.sentence ? before : now
