import type { GroupingPolicy } from './grouping-policy.ts'
import { FLEET } from './cause.ts'
import {
  isLoud,
  SEVERITIES,
  worse,
  type Incident,
  type IncidentState,
  type Member,
  type Severity,
} from './incident.ts'
import type { Notice } from './notification.ts'
import { eachAs, tallyOf } from './roster.ts'
import { hasLoud } from './tally.ts'

export type IncidentNotice = Extract<
  Notice,
  'triggered' | 'updated' | 'repeated' | 'acknowledged' | 'resolved'
>

/** A notice that is due, to these channels. `sequence` counts the incident's notices from 1: with the channel it is one notification. */
export type Due = { notice: IncidentNotice; channels: readonly string[]; sequence: number }

/** What an incident looks at while it is stepped. */
export type IncidentContext = {
  now: number
  policy: GroupingPolicy
  /** Which channels an incident is to be told to, as things are. */
  channelsOf: (incident: Incident) => readonly string[]
}

/** An incident after a step, the notices due, and when the next can be without anything new happening; null: never. */
export type IncidentStep = { incident: Incident; due: readonly Due[]; nextAt: number | null }

/**
 * Brings an incident whose members are as they are now to `now`, and says what is to be told. The first word waits for the group wait and for an alarm that
 * nobody muted; a recovery goes to whom the alarm went to, and to nobody where none went. Stepped twice at one time, the
 * second changes nothing.
 */
export function stepIncident(before: Incident, context: IncidentContext): IncidentStep {
  if (before.mergedInto !== null) return ended(before)
  const state = stateOf(before, context)
  const severity = severityOf(before)
  const isSame = state === before.state && severity === before.severity
  const incident: Incident = isSame
    ? before
    : { ...before, state, severity, resolvedAt: state === 'resolved' ? context.now : null }
  if (state === 'resolved')
    return before.state === 'resolved' ? { incident, due: [], nextAt: null } : ended(incident)
  const told = tell(acknowledged(incident), context)
  return { ...told, nextAt: nextDeadline(told.incident, context.policy) }
}

type Telling = Pick<IncidentStep, 'incident' | 'due'>

/** The last word, once: to whom there was a first. */
function ended(incident: Incident): IncidentStep {
  const { channels } = incident.told
  if (channels.length === 0) return { incident, due: [], nextAt: null }
  // Whom the recovery was told, nobody has anything to tell any more.
  const next = counted(incident, { told: { channels: [] } })
  return {
    incident: next,
    due: [{ notice: 'resolved', channels, sequence: next.told.notices }],
    nextAt: null,
  }
}

function acknowledged(incident: Incident): Telling {
  const { told, acknowledgement } = incident
  if (acknowledgement === null || told.acknowledgement || told.lastAt === null) return { incident, due: [] }
  const { channels } = told
  if (channels.length === 0)
    return { incident: { ...incident, told: { ...told, acknowledgement: true } }, due: [] }
  const next = counted(incident, { told: { acknowledgement: true } })
  return { incident: next, due: [{ notice: 'acknowledged', channels, sequence: next.told.notices }] }
}

/** Adds what is to be said about the alarm itself: its first word, an update, or once more. */
function tell({ incident, due }: Telling, context: IncidentContext): Telling {
  const { told } = incident
  if (!hasLoud(tallyOf(incident.members))) return { incident, due }
  const notice = noticeOf(incident, context)
  if (notice === null) return { incident, due }
  const wanted = context.channelsOf(incident)
  const added = wanted.filter((channel) => !told.channels.includes(channel))
  let next: Incident = {
    ...incident,
    hasNews: false,
    members: toldMembers(incident),
    told: {
      ...told,
      channels: [...told.channels, ...added],
      lastAt: context.now,
      severity: incident.severity,
      acknowledgement: told.acknowledgement || incident.acknowledgement !== null,
    },
  }
  const all = [...due]
  // For a channel that has heard nothing yet, it begins now.
  for (const [kind, channels] of [
    [notice, told.channels],
    ['triggered', added],
  ] as const) {
    if (channels.length === 0) continue
    next = counted(next, { told: {} })
    all.push({ notice: kind, channels, sequence: next.told.notices })
  }
  return { incident: next, due: all }
}

/** The members, those that this notice tells of marked as told. */
function toldMembers({ cause, members }: Incident): readonly Member[] {
  // Nobody is told of a fleet's one by one, and there may be hundreds of thousands.
  if (cause === FLEET || tallyOf(members).untold === 0) return members
  return eachAs(members, (member) =>
    isLoud(member) && !member.isTold ? { ...member, isTold: true } : member,
  )
}

function noticeOf(incident: Incident, { now, policy }: IncidentContext): IncidentNotice | null {
  const { lastAt } = incident.told
  if (lastAt === null) return now >= incident.startedAt + policy.groupWaitMs ? 'triggered' : null
  if (isNews(incident) && now >= lastAt + policy.groupIntervalMs) return 'updated'
  return incident.acknowledgement === null && now >= lastAt + policy.repeatMs ? 'repeated' : null
}

/** Whether there is more to tell than was told. A fleet's outage is one message however many it takes along. */
function isNews({ cause, members, severity, told, hasNews }: Incident): boolean {
  if (hasNews || cause === FLEET) return hasNews
  return severity !== told.severity || tallyOf(members).untold > 0
}

function nextDeadline(incident: Incident, policy: GroupingPolicy): number | null {
  if (!hasLoud(tallyOf(incident.members))) return null
  const { lastAt } = incident.told
  if (lastAt === null) return incident.startedAt + policy.groupWaitMs
  if (isNews(incident)) return lastAt + policy.groupIntervalMs
  return incident.acknowledgement === null ? lastAt + policy.repeatMs : null
}

function stateOf(incident: Incident, { now, policy }: IncidentContext): IncidentState {
  const { present, firing } = tallyOf(incident.members)
  if (incident.state === 'resolved' || present === 0) return 'resolved'
  if (incident.told.lastAt === null && now < incident.startedAt + policy.groupWaitMs) return 'pending'
  return firing > 0 ? 'firing' : 'recovering'
}

/** The worst of what is loud; once told, it never sinks. */
function severityOf({ members, severity, told }: Incident): Severity {
  const { loud } = tallyOf(members)
  const worst = SEVERITIES.findLast((each) => loud[each] > 0)
  if (worst === undefined) return severity
  return told.lastAt === null ? worst : worse(worst, severity)
}

const counted = (incident: Incident, { told }: { told: Partial<Incident['told']> }): Incident => ({
  ...incident,
  told: { ...incident.told, ...told, notices: incident.told.notices + 1 },
})
