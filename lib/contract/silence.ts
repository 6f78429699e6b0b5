import { z } from 'zod'
import { MATCHER_FIELDS, MATCHER_OPERATORS } from '#lib/domain/alerts/silence.ts'
import { durationSchema } from './duration.ts'
import { reasonSchema } from './settings.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

export const matcherSchema = z.strictObject({
  field: z.enum(MATCHER_FIELDS),
  operator: z.enum(MATCHER_OPERATORS),
  /** For `matches`: `*` stands for any characters, `?` for one. */
  value: z.string().trim().min(1, 'write a value').max(200, 'at most 200 characters'),
})

/** When a maintenance window comes again. */
export const recurrenceSchema = z.strictObject({
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  cron: z.string().trim().min(1, 'write a cron expression').max(200, 'at most 200 characters'),
  /** An IANA name, such as `Europe/Berlin`. */
  timeZone: z.string().trim().min(1, 'choose a time zone').max(100),
  duration: durationSchema(MINUTE_MS, 7 * DAY_MS),
})

/** Quiet for alerts that match: from a time to another, or again and again. */
export const createSilenceSchema = z
  .strictObject({
    matchers: z.array(matcherSchema).min(1, 'say which alerts').max(20, 'at most 20'),
    reason: reasonSchema,
    /** Missing: now. */
    from: z.iso.datetime({ offset: true }).optional(),
    /** Null: without end, which only a recurring one may be. */
    until: z.iso.datetime({ offset: true }).nullable(),
    recurrence: recurrenceSchema.nullable().default(null),
  })
  .refine(({ until, recurrence }) => until !== null || recurrence !== null, {
    path: ['until'],
    error: 'a silence has an end',
  })
  .refine(({ from, until }) => from === undefined || until === null || Date.parse(from) < Date.parse(until), {
    path: ['until'],
    error: 'after the beginning',
  })
export type CreateSilence = z.infer<typeof createSilenceSchema>

/** A silence as it is read. */
export const silenceViewSchema = z.object({
  id: z.string(),
  matchers: z.array(matcherSchema),
  reason: z.string(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  from: z.iso.datetime(),
  until: z.iso.datetime().nullable(),
  recurrence: recurrenceSchema.nullable(),
  state: z.enum(['active', 'waiting', 'over']),
  /** When it begins or ends next; null: never. */
  nextChangeAt: z.iso.datetime().nullable(),
  /** Alerts that fire or recover and match, whether or not it is active. */
  matchesNow: z.int(),
})
export type SilenceView = z.infer<typeof silenceViewSchema>

/** What matchers would silence at present. */
export const matchPreviewSchema = z.object({
  alerts: z.array(z.object({ ruleName: z.string(), subject: z.string() })),
  total: z.int(),
})
export type MatchPreview = z.infer<typeof matchPreviewSchema>
