import { deflateRawSync } from 'node:zlib'
import type { PrismaClient } from '#prisma/generated/client.ts'
import { REPLAY_KEPT_MS } from '#lib/contract/preview.ts'
import { writeBlock } from '#lib/domain/replay/block.ts'
import { hourChunks } from './year-chunks.ts'

const ROWS = 500

const INSERT = `
  INSERT INTO outcome_blocks (provider, hour, outcomes, approximate, last_part, data)
  SELECT ?1, value->>0, value->>1, 0, 0, unhex(value->>2) FROM json_each(?2)`

type Packing = { key: number; index: number; year: { now: number; intervalMs: number } }

/** Writes a provider's blocks of the thirty days that are kept for replay. */
export async function packBlocks(client: PrismaClient, { key, index, year }: Packing): Promise<void> {
  const { now, intervalMs } = year
  const chunks = hourChunks(index, { from: now - REPLAY_KEPT_MS, to: now, intervalMs })
  const rows = chunks.map(({ hour, chunk, outcomes }) => [
    hour,
    outcomes,
    deflateRawSync(writeBlock([chunk])).toString('hex'),
  ])
  for (let at = 0; at < rows.length; at += ROWS)
    await client.$executeRawUnsafe(INSERT, key, JSON.stringify(rows.slice(at, at + ROWS)))
}
