import { z } from 'zod'
import { linkSchema } from './link.ts'

/** Something that happened elsewhere and explains a chart, such as a deployment; null: it concerns the whole fleet. */
export const markerEventSchema = z.object({
  kind: z.literal('marker'),
  id: z.string(),
  providerId: z.string().nullable(),
  model: z.null(),
  at: z.iso.datetime(),
  title: z.string(),
  text: z.string().nullable(),
  url: linkSchema.nullable(),
  actor: z.string(),
  persisted: z.boolean(),
})
export type MarkerEvent = z.infer<typeof markerEventSchema>

/** The longest title; what is longer belongs into the text. */
export const MOST_TITLE = 200

/**
 * A marker as a deployment reports it. Without a title the text's first line is the title; without a time it happened
 * now; without a provider it concerns the whole fleet. `kind` says what everything reported here is.
 */
export const reportMarkerSchema = z
  .strictObject({
    kind: z.literal('deploy').optional(),
    title: z
      .string()
      .trim()
      .min(1, 'at least 1 character')
      .max(MOST_TITLE, 'at most 200 characters')
      .optional(),
    text: z.string().trim().min(1, 'at least 1 character').max(2_000, 'at most 2000 characters').optional(),
    url: linkSchema.optional(),
    at: z.iso.datetime({ offset: true }).optional(),
    providerId: z.string().min(1).max(200).optional(),
  })
  .refine(({ title, text }) => title !== undefined || text !== undefined, {
    path: ['title'],
    error: 'say what happened, in a title or a text',
  })
export type ReportMarker = z.infer<typeof reportMarkerSchema>

/** What reporting a marker answers. */
export const reportedMarkerSchema = z.object({ event: markerEventSchema, persisted: z.boolean() })
export type ReportedMarker = z.infer<typeof reportedMarkerSchema>
