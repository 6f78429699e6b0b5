import { z } from 'zod'

const time = z.iso.datetime()

/**
 * What the database holds, by what it is for: check rows, their rollups by width, failures and outcomes kept beyond
 * them, decisions, what happened, and the configuration.
 */
export const STORED_PARTS = [
  'checks',
  'rollups_1m',
  'rollups_5m',
  'rollups_1h',
  'rollups_1d',
  'kept_failures',
  'outcomes',
  'decisions',
  'events',
  'configuration',
] as const
export type StoredPartName = (typeof STORED_PARTS)[number]

/** One part: how many rows, from when to when, and how much of the file it takes. */
export const storedPartSchema = z.object({
  part: z.enum(STORED_PARTS),
  rows: z.int(),
  /** The oldest and the newest; null when it is empty, or its rows have no time. */
  from: time.nullable(),
  to: time.nullable(),
  /** With its indexes. Rollups of all widths share tables: theirs is shared out by rows. */
  bytes: z.number(),
  /** How long a row is kept; null: for ever, or as long as it is among the newest. */
  keptMs: z.number().nullable(),
})
export type StoredPart = z.infer<typeof storedPartSchema>

/** One backup. `file` is where it was written to; it may have been moved since. */
export const backupSchema = z.object({ at: time, file: z.string(), bytes: z.number() })
export type Backup = z.infer<typeof backupSchema>

/** The database as a whole. */
export const dataSchema = z.object({
  asOf: time,
  file: z.string(),
  /** `log` is what was written last and not yet moved into the file; `free` is room in the file for new rows. */
  bytes: z.object({ file: z.number(), log: z.number(), free: z.number() }),
  /** Room on the disk; null where it cannot be told. */
  diskFreeBytes: z.number().nullable(),
  parts: z.array(storedPartSchema),
  lastBackup: backupSchema.nullable(),
  /** Where the console puts backups. */
  backupFolder: z.string(),
})
export type DataView = z.infer<typeof dataSchema>

/** What a backup that was asked for answers. */
export const backedUpSchema = z.object({ backup: backupSchema })
