import type { IncidentState, Severity } from './incident.ts'

/** Why somebody is told something. */
export const NOTICES = [
  'triggered',
  'updated',
  'repeated',
  'acknowledged',
  'resolved',
  'settings_changed',
  'test',
] as const
export type Notice = (typeof NOTICES)[number]

/** What an alert is about; `model` only for a circuit of one model. */
export type Subject =
  | { type: 'provider'; id: string; name: string }
  | { type: 'circuit'; id: string; name: string; model: string | null }
  | { type: 'route'; id: string; name: string }
  | { type: 'monitor' }

/** What an alert goes by, which an operator may change while it fires. */
export type Naming = { ruleName: string; severity: Severity }

/** One alert among those that an incident groups. */
export type NotifiedAlert = Naming & {
  ruleId: string
  /** What else it has gone by in this incident: where that tells alerts apart, the old one is over. */
  formerly: readonly Naming[]
  subject: Subject
  isOver: boolean
  /** What was seen, in one sentence of facts. */
  sentence: string
  since: number
  runbookUrl: string | null
}

/**
 * One message about an incident, as a channel is given it. What it says never changes once it is queued: every attempt
 * to deliver it, also after a restart, sends the same.
 */
export type Notification = {
  /** The same over all attempts: who gets it twice can tell. */
  id: string
  notice: Notice
  /** Null for a test and for a change of settings, which are about no incident. */
  incident: {
    id: string
    /** The same for all notifications of the incident. */
    dedupKey: string
    state: IncidentState
    startedAt: number
    resolvedAt: number | null
    acknowledgedBy: string | null
    alerts: readonly NotifiedAlert[]
  } | null
  severity: Severity
  /** What has happened, in a line of at most 120 characters. */
  title: string
  /** The same in one to three sentences. */
  text: string
  /** The page of the console that shows it; null where the console's public address is not known. */
  link: string | null
  /** When it was queued. */
  at: number
}
