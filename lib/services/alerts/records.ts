import type { Delivery } from '#lib/contract/channel.ts'
import type { Incident, IncidentEventType } from '#lib/domain/alerts/incident.ts'
import type { Notification } from '#lib/domain/alerts/notification.ts'
import type { Rule } from '#lib/domain/alerts/rule.ts'
import type { Matcher } from '#lib/domain/alerts/silence.ts'
import type { StoredChannel } from './channel.ts'

type Versioned = { version: number; createdAt: number; updatedAt: number }

/** A rule, and the ids of the channels that it tells; null: all that are enabled. */
export type RuleRecord = Versioned & { rule: Rule; channels: readonly string[] | null }

/** A channel as it is kept. */
export type ChannelRecord = Versioned & StoredChannel & { name: string; enabled: boolean }

/** When a maintenance window comes again: a cron expression of five fields in an IANA time zone, and its length. */
export type Recurrence = { cron: string; timeZone: string; durationMs: number }

/** Quiet for alerts that match: once, from a time to another; or again and again until it is ended. */
export type SilenceRecord = {
  id: string
  matchers: readonly Matcher[]
  reason: string
  createdBy: string
  createdAt: number
  from: number
  /** Null: without end, which only a recurring one may be. */
  until: number | null
  recurrence: Recurrence | null
}

/** What happened in an incident, beside what was sent. `id` is unique and sorts by time; `actor` is null for Switchyard. */
export type IncidentEvent = {
  id: string
  incidentId: string
  at: number
  type: IncidentEventType
  actor: string | null
  /** In one sentence. */
  text: string
}

export const DELIVERY_STATES = ['waiting', 'delivered', 'dead'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/**
 * A notification on its way to one channel. It is kept in the same transaction as the incident it tells of, and tried
 * until it is delivered or given up. `position` orders those of one incident.
 */
export type DeliveryRecord = {
  /** The notification's id and the channel's. */
  id: string
  incidentId: string | null
  channelId: string
  position: number
  notification: Notification
  state: DeliveryState
  attempts: number
  /** Null once it has ended. */
  nextAttemptAt: number | null
  createdAt: number
  endedAt: number | null
  /** Null before the first attempt. */
  lastResult: Delivery | null
}

/** What a journal entry keeps of alerts; all of it in one transaction. */
export type AlertingEntry = {
  rulesSaved: readonly RuleRecord[]
  rulesDeleted: readonly string[]
  channelsSaved: readonly ChannelRecord[]
  channelsDeleted: readonly string[]
  silencesSaved: readonly SilenceRecord[]
  silencesDeleted: readonly string[]
  /** As they stand after it. */
  incidents: readonly Incident[]
  incidentEvents: readonly IncidentEvent[]
  /** New ones, and others as they stand after it. */
  deliveries: readonly DeliveryRecord[]
}

/** What a start finds: configuration, incidents that are open, deliveries that wait. */
export type RestoredAlerting = {
  rules: readonly RuleRecord[]
  channels: readonly ChannelRecord[]
  silences: readonly SilenceRecord[]
  openIncidents: readonly Incident[]
  waitingDeliveries: readonly DeliveryRecord[]
}

/** An incident with its story. */
export type IncidentStory = {
  incident: Incident
  /** Oldest first. */
  events: readonly IncidentEvent[]
  /** Oldest first. */
  deliveries: readonly DeliveryRecord[]
}

/** An entry that keeps nothing of alerts. */
export const emptyAlerting: AlertingEntry = {
  rulesSaved: [],
  rulesDeleted: [],
  channelsSaved: [],
  channelsDeleted: [],
  silencesSaved: [],
  silencesDeleted: [],
  incidents: [],
  incidentEvents: [],
  deliveries: [],
}
