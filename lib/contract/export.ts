import { z } from 'zod'
import { bucketSchema } from './check.ts'

export const EXPORT_FORMATS = ['csv', 'json'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** Widths a bucket may have in an export of history, by the word that asks for it. */
export const EXPORT_RESOLUTIONS = { '1m': 60_000, '5m': 300_000, '1h': 3_600_000, '1d': 86_400_000 } as const
export type ExportResolution = keyof typeof EXPORT_RESOLUTIONS

/** A bucket of a history, with whose it is and how wide. */
export const exportedBucketSchema = bucketSchema.extend({ providerId: z.string(), resolutionMs: z.int() })
export type ExportedBucket = z.infer<typeof exportedBucketSchema>
