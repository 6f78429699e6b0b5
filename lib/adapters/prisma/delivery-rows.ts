import { z } from 'zod'
import type { Delivery as DeliveryRow } from '#prisma/generated/client.ts'
import { deliverySchema } from '#lib/contract/channel.ts'
import { INCIDENT_STATES } from '#lib/domain/alerts/incident.ts'
import { NOTICES } from '#lib/domain/alerts/notification.ts'
import { DELIVERY_STATES, type DeliveryRecord } from '#lib/services/alerts/records.ts'
import { formerlySchema, severitySchema, subjectSchema } from './alert-shapes.ts'
import { type Cell, jsonCell, jsonCellOrNull, timeCell, timeCellOrNull } from './insert-rows.ts'
import { storedTime, storedTimeOrNull } from './stored-values.ts'

const notificationSchema = z.object({
  id: z.string(),
  notice: z.enum(NOTICES),
  incident: z
    .object({
      id: z.string(),
      dedupKey: z.string(),
      state: z.enum(INCIDENT_STATES),
      startedAt: z.number(),
      resolvedAt: z.number().nullable(),
      acknowledgedBy: z.string().nullable(),
      alerts: z.array(
        z.object({
          ruleId: z.string(),
          ruleName: z.string(),
          severity: severitySchema,
          subject: subjectSchema,
          isOver: z.boolean(),
          sentence: z.string(),
          since: z.number(),
          runbookUrl: z.string().nullable(),
          formerly: formerlySchema,
        }),
      ),
    })
    .nullable(),
  severity: severitySchema,
  title: z.string(),
  text: z.string(),
  link: z.string().nullable(),
  at: z.number(),
})

const rowSchema = z.object({
  id: z.string(),
  incidentId: z.string().nullable(),
  channelId: z.string(),
  position: z.int(),
  notification: notificationSchema,
  state: z.enum(DELIVERY_STATES),
  attempts: z.int(),
  nextAttemptAt: storedTimeOrNull,
  createdAt: storedTime,
  endedAt: storedTimeOrNull,
  lastResult: deliverySchema.nullable(),
})

/** The columns of a delivery, in the order of its cells. */
export const DELIVERY_COLUMNS = [
  'id',
  'incident_id',
  'channel_id',
  'position',
  'notification',
  'state',
  'attempts',
  'next_attempt_at',
  'created_at',
  'ended_at',
  'last_result',
] as const

/** A delivery as its row. */
export const deliveryCells = (delivery: DeliveryRecord): Cell[] => [
  delivery.id,
  delivery.incidentId,
  delivery.channelId,
  delivery.position,
  jsonCell(delivery.notification),
  delivery.state,
  delivery.attempts,
  timeCellOrNull(delivery.nextAttemptAt),
  timeCell(delivery.createdAt),
  timeCellOrNull(delivery.endedAt),
  jsonCellOrNull(delivery.lastResult),
]

/** The delivery that a row stands for. Throws when the row is not one. */
export const deliveryOfRow = (row: DeliveryRow): DeliveryRecord => rowSchema.parse(row)
