import { isActive, type Acknowledgement, type Alert, type AlertLabels } from './alert.ts'
import type { ConditionType } from './condition.ts'
import type { Naming } from './notification.ts'

export const SEVERITIES = ['info', 'warning', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

export const INCIDENT_STATES = ['pending', 'firing', 'recovering', 'resolved'] as const
export type IncidentState = (typeof INCIDENT_STATES)[number]

/** What may happen in an incident, beside what is sent of it. */
export const INCIDENT_EVENT_TYPES = [
  'began',
  'alert_fired',
  'alert_over',
  'recovering',
  'firing_again',
  'acknowledged',
  'note',
  'merged',
  'resolved',
] as const
export type IncidentEventType = (typeof INCIDENT_EVENT_TYPES)[number]

/** Why a member is told to nobody: somebody silenced it, or the condition that explains it. */
export type Mute = 'silence' | ConditionType

/** An alert as a part of an incident; it stays one when it is over. */
export type Member = {
  labels: AlertLabels
  state: 'firing' | 'recovering' | 'over'
  mute: Mute | null
  /** When it fired, the latest time. */
  since: number
  overAt: number | null
  isAcknowledged: boolean
  isFlapping: boolean
  sentence: string
  /** Whether channels have been told of it, or of what explains it. */
  isTold: boolean
  /** What else it has gone by in this incident. */
  formerly: readonly Naming[]
}

/** What channels have been told so far. */
export type Told = {
  /** Whom the alarm went to, and so the recovery will. */
  channels: readonly string[]
  /** The newest alarm, update or repetition; null before the first. */
  lastAt: number | null
  severity: Severity
  /** How many notices there were: numbers them. */
  notices: number
  acknowledgement: boolean
}

/** One cause and the alerts that it has raised. Times are epoch ms. */
export type Incident = {
  id: string
  dedupKey: string
  /** `provider:…`, `route:…`, `monitor` or `fleet`; at most one incident of a cause is open. */
  cause: string
  state: IncidentState
  startedAt: number
  resolvedAt: number | null
  /** The incident that took this one in, which ended it; null else. */
  mergedInto: string | null
  severity: Severity
  members: readonly Member[]
  acknowledgement: Acknowledgement | null
  /** Something to tell that no single member is: it has become a fleet's. */
  hasNews: boolean
  told: Told
}

/** What an incident begins with; no two have the same id. */
export type Beginning = Pick<Incident, 'id' | 'cause' | 'startedAt' | 'severity'>

/** An incident that has just begun. */
export const newIncident = ({ id, cause, startedAt, severity }: Beginning): Incident => ({
  id,
  dedupKey: `switchyard/${id}`,
  cause,
  state: 'pending',
  startedAt,
  resolvedAt: null,
  mergedInto: null,
  severity,
  members: [],
  acknowledgement: null,
  hasNews: false,
  told: { channels: [], lastAt: null, severity, notices: 0, acknowledgement: false },
})

/** The incident with somebody's acknowledgement; unchanged when it is over or somebody was first. */
export const acknowledgeIncident = (incident: Incident, acknowledgement: Acknowledgement): Incident =>
  incident.state === 'resolved' || incident.acknowledgement !== null
    ? incident
    : { ...incident, acknowledgement }

/** The alert as a new member. */
export const memberOf = (alert: Alert, mute: Mute | null): Member => ({
  labels: alert.labels,
  state: 'firing',
  mute,
  since: alert.course.firedAt ?? alert.course.since,
  overAt: null,
  isAcknowledged: alert.acknowledgement !== null,
  isFlapping: alert.course.flaps.isFlapping,
  sentence: alert.seen?.sentence ?? '',
  isTold: isExplained(mute),
  formerly: NEVER_OTHERWISE,
})

const NEVER_OTHERWISE: readonly Naming[] = []

/**
 * The member as its alert is now; the same object when nothing is new. An alert that nobody knows any more is over, and
 * what is over stays so: should it fire again, it is another member. One that begins to flap is to be told once more.
 */
export function refreshMember(
  member: Member,
  alert: Alert | null,
  { mute, now }: { mute: Mute | null; now: number },
): Member {
  if (member.state === 'over') return member
  if (alert === null || !isActive(alert)) return memberOver(member, alert?.course.resolvedAt ?? now)
  if (isAsBefore(member, alert, mute)) return member
  const next = memberOf(alert, mute)
  next.formerly = formerlyOf(member, next.labels)
  next.isTold ||= member.isTold && !startsToFlap(member, next)
  if (alert.course.state === 'recovering') next.state = 'recovering'
  return next
}

/** A member in the place of what it was before, which it may not be named as any more. */
export const succeeding = (before: Member, next: Member): Member => ({
  ...next,
  formerly: formerlyOf(before, next.labels),
})

/** What a member has gone by once it has these labels. */
function formerlyOf({ labels, formerly }: Member, next: AlertLabels): readonly Naming[] {
  if (labels.ruleName === next.ruleName && labels.severity === next.severity) return formerly
  const isNamed =
    (as: Naming) =>
    ({ ruleName, severity }: Naming) =>
      ruleName === as.ruleName && severity === as.severity
  const { ruleName, severity } = labels
  const names = [...formerly.filter((each) => !isNamed(labels)(each)), { ruleName, severity }]
  return names.filter((each) => !isNamed(next)(each))
}

const startsToFlap = (before: Member, after: Member): boolean => after.isFlapping && !before.isFlapping

const isAsBefore = (member: Member, alert: Alert, mute: Mute | null): boolean =>
  member.labels === alert.labels &&
  member.state === alert.course.state &&
  member.mute === mute &&
  member.since === alert.course.firedAt &&
  member.isAcknowledged === (alert.acknowledgement !== null) &&
  member.isFlapping === alert.course.flaps.isFlapping &&
  member.sentence === alert.seen?.sentence

const memberOver = (member: Member, overAt: number): Member => ({
  ...member,
  state: 'over',
  mute: null,
  overAt,
})

/** Whether somebody is to be told of it. */
export const isLoud = ({ state, mute }: Member): boolean => state === 'firing' && mute === null

/** The worse of two. */
export const worse = (a: Severity, b: Severity): Severity =>
  SEVERITIES.indexOf(a) >= SEVERITIES.indexOf(b) ? a : b

// Who has been told that the provider is down has been told why its success rate is low.
const isExplained = (mute: Mute | null): boolean =>
  mute !== null && mute !== 'silence' && mute !== 'monitor_impaired'
