import type { DataView, StoredPartName } from '#lib/contract/data.ts'
import { parseDuration } from '#lib/contract/duration.ts'
import { DECISIONS_KEPT_MS, TIERS } from '#lib/domain/history-tiers.ts'
import type { Engine } from './engine.ts'
import { iso, isoOrNull } from './present/time.ts'

const DAY_MS = 86_400_000

/** How long each part is kept; a part that is not here is kept for ever, or as long as it is among the newest. */
const KEPT_MS: Partial<Record<StoredPartName, number>> = {
  rollups_1m: TIERS[0].keptMs,
  rollups_5m: TIERS[1].keptMs,
  rollups_1h: TIERS[2].keptMs,
  outcomes: 30 * DAY_MS,
  decisions: DECISIONS_KEPT_MS,
}

/** What the database holds, how large it is, and when it was last backed up. */
export async function readData({ data, clock, fleet }: Engine): Promise<DataView> {
  const { parts, ...facts } = await data.facts()
  const raw = parseDuration(fleet.settings.settings.history.raw)
  return {
    ...facts,
    asOf: iso(clock.now()),
    parts: parts.map((stored) => ({
      ...stored,
      from: isoOrNull(stored.from),
      to: isoOrNull(stored.to),
      keptMs: stored.part === 'checks' ? raw : (KEPT_MS[stored.part] ?? null),
    })),
  }
}
