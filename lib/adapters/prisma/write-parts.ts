import type { NumberedPart } from '../storage/write-job.ts'
import type { Db } from './client.ts'

const INSERT = `
  INSERT OR IGNORE INTO outcome_parts (id, "from", "to", data)
  SELECT value->>0, value->>1, value->>2, unhex(value->>3) FROM json_each(?)`

/** Writes recorded outcomes as they came; those that are there already stay as they are. */
export async function writeParts(db: Db, parts: readonly NumberedPart[]): Promise<void> {
  const rows = parts.map(({ id, part: { from, to, data } }) => [
    id,
    Math.round(from),
    Math.round(to),
    Buffer.from(data).toString('hex'),
  ])
  await db.$executeRawUnsafe(INSERT, JSON.stringify(rows))
}
