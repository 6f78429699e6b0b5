import type { Db } from './client.ts'

/** How far a tier is rolled up: all before `at`, and of the stretch that begins there the providers up to `providerId`. */
export type Mark = { at: number; providerId: number }

/** Whether a provider's stretch is rolled up already. */
export const isRolled = (
  mark: Mark | null,
  { providerId, at }: { providerId: number; at: number },
): boolean => mark !== null && (at < mark.at || (at === mark.at && providerId <= mark.providerId))

type Row = { tier: number | bigint; at: number | bigint; provider: number | bigint }

const UPSERT = `
  INSERT INTO rollup_marks (tier, at, provider) VALUES (?, ?, ?)
  ON CONFLICT (tier) DO UPDATE SET at = excluded.at, provider = excluded.provider`

/** The marks by tier; a tier that has none yet is missing. */
type MarksByTier = ReadonlyMap<number, Mark>

async function readMarks(db: Db): Promise<MarksByTier> {
  const rows = await db.$queryRawUnsafe<Row[]>('SELECT tier, at, provider FROM rollup_marks')
  return new Map(
    rows.map(({ tier, at, provider }) => [Number(tier), { at: Number(at), providerId: Number(provider) }]),
  )
}

/** The writer's memory of the marks: nobody else moves them. */
export function createMarks() {
  let known: MarksByTier | null = null
  return {
    read: async (db: Db): Promise<MarksByTier> => (known ??= await readMarks(db)),
    /** Moves a tier's mark, in the transaction that wrote what is before it. */
    write: async (db: Db, tier: number, { at, providerId }: Mark) => {
      // Read again when they are next needed: whether this reaches the disk is not known before the commit.
      known = null
      await db.$executeRawUnsafe(UPSERT, tier, at, providerId)
    },
  }
}

export type Marks = ReturnType<typeof createMarks>
