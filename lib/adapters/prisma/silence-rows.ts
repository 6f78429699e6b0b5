import { z } from 'zod'
import type { Prisma, Silence as SilenceRow } from '#prisma/generated/client.ts'
import { MATCHER_FIELDS, MATCHER_OPERATORS } from '#lib/domain/alerts/silence.ts'
import type { SilenceRecord } from '#lib/services/alerts/records.ts'
import { json, storedTime, storedTimeOrNull, timeValue } from './stored-values.ts'

const documentSchema = z.object({
  matchers: z.array(
    z.object({ field: z.enum(MATCHER_FIELDS), operator: z.enum(MATCHER_OPERATORS), value: z.string() }),
  ),
  reason: z.string(),
  createdBy: z.string(),
  from: z.number(),
  recurrence: z.object({ cron: z.string(), timeZone: z.string(), durationMs: z.number() }).nullable(),
})

/** A silence as its row. */
export const silenceRow = ({
  id,
  createdAt,
  until,
  ...document
}: SilenceRecord): Prisma.SilenceCreateInput => ({
  id,
  document: json(document),
  createdAt: timeValue(createdAt),
  endsAt: until === null ? null : timeValue(until),
})

/** The silence that a row stands for. Throws when the row is not one. */
export const silenceOfRow = ({ id, document, createdAt, endsAt }: SilenceRow): SilenceRecord => ({
  ...documentSchema.parse(document),
  id,
  createdAt: storedTime.parse(createdAt),
  until: storedTimeOrNull.parse(endsAt),
})
