import { z } from 'zod'
import { SEVERITIES } from '#lib/domain/alerts/incident.ts'

export const severitySchema = z.enum(SEVERITIES)

/** What an alert has gone by before; rows of earlier versions do not say. */
export const formerlySchema = z
  .array(z.object({ ruleName: z.string(), severity: severitySchema }))
  .default([])

/** What an alert is about, as rows have it. */
export const subjectSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('provider'), id: z.string(), name: z.string() }),
  z.object({ type: z.literal('circuit'), id: z.string(), name: z.string(), model: z.string().nullable() }),
  z.object({ type: z.literal('route'), id: z.string(), name: z.string() }),
  z.object({ type: z.literal('monitor') }),
])
