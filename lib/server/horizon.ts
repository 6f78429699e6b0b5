import type { Horizon } from '#lib/adapters/storage/write-job.ts'
import { DECISIONS_KEPT_MS, forgottenBefore, stretchAt, TIERS } from '#lib/domain/history-tiers.ts'

/** How long incidents are kept that are over: as long as hours are in the history. */
const INCIDENTS_MS = TIERS[2].keptMs

/** Before when each part of the history may be forgotten at `now`; `rawMs` is how long checks are kept, null as usual. */
export function horizonAt(now: number, rawMs: number | null): Horizon {
  const keeping = { now, rawMs: rawMs ?? TIERS[0].keptMs }
  return {
    checks: stretchAt(now - keeping.rawMs, TIERS[0].widthMs),
    rollups: TIERS.slice(0, -1).map((tier) => forgottenBefore(tier, keeping)),
    decisions: now - DECISIONS_KEPT_MS,
    incidents: now - INCIDENTS_MS,
  }
}
