import { z } from 'zod'
import { INCIDENT_STATES, SEVERITIES } from '#lib/domain/alerts/incident.ts'

const time = z.iso.datetime()

export const acknowledgementSchema = z.object({ by: z.string(), at: time, note: z.string().nullable() })

/** An incident in a list. */
export const incidentRowSchema = z.object({
  id: z.string(),
  /** `provider`, `route`, `monitor` or `fleet`. */
  causeType: z.enum(['provider', 'route', 'monitor', 'fleet']),
  state: z.enum(INCIDENT_STATES),
  severity: z.enum(SEVERITIES),
  /** What has happened, in a line. */
  title: z.string(),
  startedAt: time,
  resolvedAt: time.nullable(),
  acknowledgement: acknowledgementSchema.nullable(),
  /** The incident that this one became a part of. */
  mergedInto: z.string().nullable(),
  providerIds: z.array(z.string()),
  alerts: z.object({ firing: z.int(), recovering: z.int(), over: z.int() }),
  /** Whether anybody was told. */
  told: z.boolean(),
  /** Whether all that still fires is silenced. */
  silenced: z.boolean(),
})
export type IncidentRow = z.infer<typeof incidentRowSchema>
