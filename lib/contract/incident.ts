import { z } from 'zod'
import { CONDITION_TYPES } from '#lib/domain/alerts/condition.ts'
import { INCIDENT_EVENT_TYPES, SEVERITIES } from '#lib/domain/alerts/incident.ts'
import { NOTICES } from '#lib/domain/alerts/notification.ts'
import { deliverySchema } from './channel.ts'
import { incidentRowSchema } from './incident-row.ts'

const time = z.iso.datetime()
const severity = z.enum(SEVERITIES)

/** What an alert is about. `text` is its name in words. */
export const subjectViewSchema = z.object({
  type: z.enum(['provider', 'circuit', 'route', 'monitor']),
  /** The provider's id or the route's name; null for the monitor. */
  id: z.string().nullable(),
  model: z.string().nullable(),
  text: z.string(),
})
export type SubjectView = z.infer<typeof subjectViewSchema>

/** One alert of an incident: a rule about one subject. */
export const incidentAlertSchema = z.object({
  ruleId: z.string(),
  ruleName: z.string(),
  condition: z.enum(CONDITION_TYPES),
  severity,
  subject: subjectViewSchema,
  providerId: z.string().nullable(),
  state: z.enum(['firing', 'recovering', 'over']),
  /** Why nobody is told of it by itself; null where somebody is. */
  mutedBy: z.enum(['silence', ...CONDITION_TYPES]).nullable(),
  since: time,
  overAt: time.nullable(),
  sentence: z.string(),
  runbookUrl: z.string().nullable(),
})
export type IncidentAlert = z.infer<typeof incidentAlertSchema>

export const deliveryViewSchema = z.object({
  id: z.string(),
  channelId: z.string(),
  /** Null where the channel is no more. */
  channelName: z.string().nullable(),
  notice: z.enum(NOTICES),
  title: z.string(),
  state: z.enum(['waiting', 'delivered', 'dead']),
  attempts: z.int(),
  createdAt: time,
  nextAttemptAt: time.nullable(),
  endedAt: time.nullable(),
  lastResult: deliverySchema.nullable(),
  incidentId: z.string().nullable(),
})
export type DeliveryView = z.infer<typeof deliveryViewSchema>

/** One thing on an incident's timeline. */
export const timelineEntrySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('event'),
    id: z.string(),
    at: time,
    type: z.enum(INCIDENT_EVENT_TYPES),
    actor: z.string().nullable(),
    text: z.string(),
  }),
  /** A notification, at the time of its newest attempt or, before any, when it was queued. */
  z.object({ kind: z.literal('delivery'), id: z.string(), at: time, delivery: deliveryViewSchema }),
  /** A transition, override or operator's action about what the incident is about. */
  z.object({
    kind: z.literal('fleet'),
    id: z.string(),
    at: time,
    providerId: z.string().nullable(),
    actor: z.string().nullable(),
    text: z.string(),
  }),
])
export type TimelineEntry = z.infer<typeof timelineEntrySchema>

/** Routes that lead over a provider of the incident. */
export const affectedRouteSchema = z.object({
  name: z.string(),
  members: z.int(),
  eligible: z.int(),
  /** Calls in the last hour. */
  calls: z.int(),
})

/** One incident with its story. */
export const incidentDetailSchema = incidentRowSchema.extend({
  dedupKey: z.string(),
  members: z.array(incidentAlertSchema),
  /** Oldest first. */
  timeline: z.array(timelineEntrySchema),
  routes: z.array(affectedRouteSchema),
})
export type IncidentDetail = z.infer<typeof incidentDetailSchema>

export const acknowledgeSchema = z.strictObject({
  note: z.string().trim().min(1).max(2_000, 'at most 2000 characters').nullish(),
})
export const incidentNoteSchema = z.strictObject({
  text: z.string().trim().min(1, 'write something').max(2_000, 'at most 2000 characters'),
})

/** What changing an incident answers. */
export const incidentChangedSchema = z.object({ incident: incidentDetailSchema, persisted: z.boolean() })
