import type { PrismaClient } from '#prisma/generated/client.ts'
import { GRACE_MS, stretchAt, TIERS } from '#lib/domain/history-tiers.ts'
import { addAlike, newTally, type Tally } from '#lib/domain/tally.ts'
import type { CheckRecord } from '#lib/services/records.ts'
import { createNameTable } from './check-names.ts'
import { CLASS_CODES, SOURCE_CODES } from './check-codes.ts'
import { openForWriting } from './client.ts'
import { rollUp } from './roll-up.ts'
import { createMarks } from './rollup-marks.ts'
import { TALLY_COLUMNS, tallyOf, type TallyColumns, WITH_SKETCHES } from './rollup-rows.ts'
import { writeChecks } from './write-checks.ts'

/** Above this a success is slow, of the provider `acme` alone. */
export const SLOW_MS = 1_000

/** Rollups by `tier provider at source model`. */
export type Rollups = Map<string, Tally>

/** What the rollups of these checks are, counted plainly: a tier's mark says up to when it must be there. */
export function plainRollups(checks: readonly CheckRecord[], marks: ReadonlyMap<number, number>): Rollups {
  const tallies = new Map<string, Tally>()
  for (const [tier, { widthMs }] of TIERS.entries()) {
    for (const { class: outcomeClass, ...check } of checks) {
      const at = stretchAt(check.at, widthMs)
      if (outcomeClass === null || at >= (marks.get(tier) ?? 0)) continue
      const key = [tier, check.providerId, at, SOURCE_CODES[check.source], check.model ?? ''].join(' ')
      const tally = tallies.get(key) ?? newTally()
      addAlike(tally, { ...check, class: outcomeClass }, check.providerId === 'acme' ? SLOW_MS : null)
      tallies.set(key, tally)
    }
  }
  return tallies
}

/** Up to when minutes are to be rolled up. */
export const dueAt = (checks: readonly CheckRecord[], now: number): number => {
  const newest = Math.max(...checks.map(({ at }) => at))
  return stretchAt(Math.min(now - GRACE_MS, stretchAt(newest, 60_000) + 60_000), 60_000)
}

/** A writing connection with its thread's memory, which `restart` forgets. */
export function stageRollups(path: string) {
  const client: PrismaClient = openForWriting(path)
  let memory = { names: createNameTable(), marks: createMarks() }
  let nextId = 1

  const step = (now: number, on: PrismaClient = client) =>
    rollUp(on, memory.marks, { now, slowMs: { acme: SLOW_MS } })

  return {
    client,
    memory: () => memory,
    restart: () => {
      memory = { names: createNameTable(), marks: createMarks() }
    },
    write: async (checks: readonly CheckRecord[]) => {
      await writeChecks(
        client,
        memory,
        checks.map((check) => ({ id: nextId++, check })),
      )
    },
    step,
    /** Rolls up all that is due; answers how many steps it took. */
    rollUpAll: async (now: number) => {
      let steps = 0
      while (await step(now)) steps += 1
      return steps
    },
    /** All rollups on disk. */
    rollups: async (): Promise<Rollups> => {
      const rows = await client.$queryRawUnsafe<{ row: string }[]>(
        `SELECT json_array(c.tier, p.name, c.at, c.source, coalesce(m.name, ''), ${TALLY_COLUMNS}) AS row
         FROM rollups c ${WITH_SKETCHES}
         JOIN check_names p ON p.id = c.provider LEFT JOIN check_names m ON m.id = c.model`,
      )
      return new Map(
        rows.map(({ row }) => {
          const columns = JSON.parse(row) as unknown[]
          return [columns.slice(0, 5).join(' '), tallyOf(columns.slice(5) as TallyColumns)]
        }),
      )
    },
    /** Up to when each tier is rolled up. */
    marks: async (): Promise<Map<number, number>> => {
      const rows = await client.$queryRawUnsafe<{ tier: bigint; at: bigint }[]>(
        'SELECT tier, at FROM rollup_marks',
      )
      return new Map(rows.map(({ tier, at }) => [Number(tier), Number(at)]))
    },
    count: async (table: 'checks' | 'late_minutes' | 'rollup_sketches' | 'kept_failures') => {
      const [row] = await client.$queryRawUnsafe<{ rows: bigint }[]>(`SELECT count(*) AS rows FROM ${table}`)
      return Number(row?.rows ?? 0)
    },
  }
}

export type RollupStage = ReturnType<typeof stageRollups>

/** The classes there are. */
export const CLASSES = Object.keys(CLASS_CODES) as (keyof typeof CLASS_CODES)[]
