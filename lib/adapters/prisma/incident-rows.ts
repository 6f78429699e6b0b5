import { z } from 'zod'
import type { Incident as IncidentRow, IncidentEvent as EventRow } from '#prisma/generated/client.ts'
import { CONDITION_TYPES } from '#lib/domain/alerts/condition.ts'
import { INCIDENT_EVENT_TYPES, INCIDENT_STATES, type Incident } from '#lib/domain/alerts/incident.ts'
import type { IncidentEvent } from '#lib/services/alerts/records.ts'
import { formerlySchema, severitySchema, subjectSchema } from './alert-shapes.ts'
import type { Cell } from './insert-rows.ts'
import { jsonCell, timeCell, timeCellOrNull } from './insert-rows.ts'
import { storedTime } from './stored-values.ts'

const condition = z.enum(CONDITION_TYPES)

const labelsSchema = z.object({
  ruleId: z.string(),
  ruleName: z.string(),
  severity: severitySchema,
  condition,
  runbookUrl: z.string().nullable(),
  subject: subjectSchema,
  subjectKey: z.string(),
  providerId: z.string().nullable(),
  tags: z.array(z.string()),
})

const memberSchema = z.object({
  labels: labelsSchema,
  state: z.enum(['firing', 'recovering', 'over']),
  mute: z.union([z.literal('silence'), condition]).nullable(),
  since: z.number(),
  overAt: z.number().nullable(),
  isAcknowledged: z.boolean(),
  sentence: z.string(),
  isTold: z.boolean(),
  isFlapping: z.boolean(),
  formerly: formerlySchema,
})

const incidentSchema = z.object({
  id: z.string(),
  dedupKey: z.string(),
  cause: z.string(),
  state: z.enum(INCIDENT_STATES),
  startedAt: z.number(),
  resolvedAt: z.number().nullable(),
  mergedInto: z.string().nullable(),
  severity: severitySchema,
  members: z.array(memberSchema),
  acknowledgement: z.object({ by: z.string(), at: z.number(), note: z.string().nullable() }).nullable(),
  hasNews: z.boolean(),
  told: z.object({
    channels: z.array(z.string()),
    lastAt: z.number().nullable(),
    severity: severitySchema,
    notices: z.int(),
    acknowledgement: z.boolean(),
  }),
})

/** The columns of an incident, in the order of its cells. */
export const INCIDENT_COLUMNS = ['id', 'state', 'severity', 'started_at', 'resolved_at', 'document'] as const

/** An incident as its row. */
export const incidentCells = (incident: Incident): Cell[] => [
  incident.id,
  incident.state,
  incident.severity,
  timeCell(incident.startedAt),
  timeCellOrNull(incident.resolvedAt),
  jsonCell(incident),
]

/** The incident that a row stands for. Throws when the row is not one. */
export const incidentOfRow = ({ document }: Pick<IncidentRow, 'document'>): Incident =>
  incidentSchema.parse(document)

const eventSchema = z.object({
  id: z.string(),
  incidentId: z.string(),
  at: storedTime,
  type: z.enum(INCIDENT_EVENT_TYPES),
  actor: z.string().nullable(),
  text: z.string(),
})

/** The event that a row stands for. Throws when the row is not one. */
export const incidentEventOfRow = (row: EventRow): IncidentEvent => eventSchema.parse(row)
