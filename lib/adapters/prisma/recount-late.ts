import type { PrismaClient } from '#prisma/generated/client.ts'
import { stretchAt, TIERS } from '#lib/domain/history-tiers.ts'
import { lateMinutes, type Minute, settleLateMinutes } from './late-minutes.ts'
import { isRolled, type Mark } from './rollup-marks.ts'
import { writeRollups } from './rollup-rows.ts'
import { areaOfEach, rawSource, type SlowLimit, tierSource } from './rollup-source.ts'

/** Minutes counted again in one step: each may lie in another hour and day. */
const STEP = 5

/** Rolls some minutes that got late checks up again, and all above them that is rolled; whether there may be more. */
export async function recountLate(
  client: PrismaClient,
  marks: ReadonlyMap<number, Mark>,
  slowLimit: SlowLimit,
): Promise<boolean> {
  const minutes = await lateMinutes(client, STEP)
  if (minutes.length === 0) return false
  await client.$transaction(async (db) => {
    for (const [tier, { widthMs }] of TIERS.entries()) {
      const mark = marks.get(tier) ?? null
      const stretches = stretchesOf(minutes, widthMs).filter((stretch) => isRolled(mark, stretch))
      if (stretches.length === 0) break
      const source = tier === 0 ? rawSource(slowLimit) : tierSource(tier - 1)
      const area = areaOfEach(
        stretches.map(({ providerId, at }) => ({ providerId, from: at, to: at + widthMs })),
      )
      await writeRollups(db, tier, await source.read(db, area, widthMs))
    }
    await settleLateMinutes(db, minutes)
  })
  return true
}

/** The stretches that these minutes lie in, each once. */
function stretchesOf(minutes: readonly Minute[], widthMs: number): Minute[] {
  const stretches = minutes.map(({ providerId, at }) => ({ providerId, at: stretchAt(at, widthMs) }))
  return [...new Map(stretches.map((stretch) => [`${stretch.providerId} ${stretch.at}`, stretch])).values()]
}
