import { stretchAt, TIERS } from '#lib/domain/history-tiers.ts'
import { healthVerdict } from '#lib/domain/outcome.ts'
import { addAlike, newTally } from '#lib/domain/tally.ts'
import type { CheckRecord } from '#lib/services/records.ts'
import { KEPT_FAILURES } from '../storage/kept-failures.ts'
import type { Horizon } from '../storage/write-job.ts'
import { pruneIncidents } from './memory-alerting.ts'
import type { MemoryTables } from './memory-tables.ts'

const STEP = 500

/** Forgets some of what is older than `before`, as the real database does; minutes are kept for ever. Whether there is more. */
export function prune(tables: MemoryTables, before: Horizon): boolean {
  const old = [...tables.checks]
    .filter(([, { at, class: how }]) => at < before.checks && (how === null || at < tables.rolledBefore))
    .slice(0, STEP)
  for (const [id, check] of old) {
    if (check.class !== null) addUp(tables, { ...check, class: check.class })
    if (check.class !== null && healthVerdict(check.class) === 'failure') keepFailure(tables, id, check)
    tables.checks.delete(id)
  }
  for (const [id, { decision }] of tables.decisions) {
    if (decision.at < before.decisions) tables.decisions.delete(id)
  }
  pruneIncidents(tables.alerting, before.incidents)
  return old.length === STEP
}

function addUp(tables: MemoryTables, check: CheckRecord & { class: NonNullable<CheckRecord['class']> }) {
  const { providerId, source, model } = check
  const at = stretchAt(check.at, TIERS[0].widthMs)
  const key = JSON.stringify([providerId, source, model, at])
  const rollup = tables.rollups.get(key) ?? { providerId, source, model, at, tally: newTally() }
  addAlike(rollup.tally, check, tables.slowMs[providerId] ?? null)
  tables.rollups.set(key, rollup)
}

function keepFailure({ keptFailures }: MemoryTables, id: number, check: CheckRecord) {
  keptFailures.set(id, check)
  const ofProvider = [...keptFailures]
    .filter(([, { providerId }]) => providerId === check.providerId)
    .toSorted(([a, one], [b, other]) => one.at - other.at || a - b)
  for (const [oldest] of ofProvider.slice(0, -KEPT_FAILURES)) keptFailures.delete(oldest)
}
