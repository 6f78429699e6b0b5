import { DEFAULT_SETTINGS } from '#lib/contract/settings.ts'
import { restoreCircuit } from '#lib/domain/breaker.ts'
import type { Histogram } from '#lib/domain/histogram.ts'
import type { OutcomeClass, OutcomeSource } from '#lib/domain/outcome.ts'
import { advanceFleet } from './advance-fleet.ts'
import { circuitKey, newSlot, rememberOpening } from './circuit-slot.ts'
import { addProvider } from './configure-provider.ts'
import { emptyEntry, scheduleDeadline } from './drive-circuit.ts'
import type { Fleet } from './fleet.ts'
import type { HistoryReader } from './ports.ts'
import { rememberCheck } from './provider-entry.ts'
import type { CheckRecord, RestoredState, StoredCircuit } from './records.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const PAGE = 5_000

/**
 * Fills a new fleet with what was kept: settings, providers, circuits, averages and last checks. What came due
 * while the process was down is recorded with the time it was due.
 */
export function restoreFleet(fleet: Fleet, restored: RestoredState): void {
  if (restored.settings === null) putDefaults(fleet, restored.lastSettingsVersion ?? 0)
  else fleet.settings = restored.settings
  for (const provider of restored.providers) addProvider(fleet, provider)
  for (const stored of restored.circuits) putCircuit(fleet, stored)
  for (const { providerId, health, lastCheckAt, spent } of restored.health) {
    const entry = fleet.entries.get(providerId)
    if (entry !== undefined) Object.assign(entry, { health, lastCheckAt, spent })
  }
  for (const check of restored.recent) {
    const entry = fleet.entries.get(check.providerId)
    if (entry !== undefined) rememberCheck(entry, check)
  }
  const at = fleet.clock.now()
  for (const entry of fleet.entries.values()) fleet.recorder.start(entry, fleet.settings.version, at)
  advanceFleet(fleet)
}

/** Puts the defaults in force as the next version: the first one, or the one after settings that cannot be read. */
function putDefaults(fleet: Fleet, lastVersion: number): void {
  fleet.settings = {
    version: lastVersion + 1,
    at: fleet.clock.now(),
    actor: 'switchyard',
    reason:
      lastVersion === 0 ? 'the defaults of a new installation' : 'the stored settings could not be read',
    settings: DEFAULT_SETTINGS,
  }
  void fleet.journal.commit({ ...emptyEntry, settings: [fleet.settings] })
}

function putCircuit(fleet: Fleet, { providerId, model, circuit }: StoredCircuit): void {
  const entry = fleet.entries.get(providerId)
  if (entry === undefined) return
  const slot = newSlot({ providerId, model }, fleet.clock.now(), restoreCircuit(circuit))
  if (model === null) entry.own = slot
  else entry.models.set(model, slot)
  fleet.slots.set(circuitKey(slot), slot)
  scheduleDeadline(fleet, slot)
}

/** Whoever else counts checks: is told of each past one once. */
type AlsoCount = (check: CheckRecord) => void

/**
 * Fills the counts of the last two hours and the openings of the last day from history, page by page, in the background;
 * the checks of those hours are handed to `alsoCount`.
 */
export async function recount(
  fleet: Fleet,
  reader: HistoryReader,
  alsoCount: AlsoCount = () => undefined,
): Promise<void> {
  await Promise.all([recountHour(fleet, reader, alsoCount), recountOpenings(fleet, reader)])
}

async function recountHour(fleet: Fleet, reader: HistoryReader, alsoCount: AlsoCount): Promise<void> {
  const startedAt = fleet.clock.now()
  for (let afterId = 0; ;) {
    const { rows, lastId } = await reader.checksSince(startedAt - 2 * HOUR_MS, afterId, PAGE)
    for (const row of rows) {
      // What was observed since the start has been counted as it came.
      if (row.class === null || row.at >= startedAt) continue
      countPast(fleet, { ...row, class: row.class })
      alsoCount(row)
    }
    if (rows.length < PAGE) return
    afterId = lastId
  }
}

type PastOutcome = {
  providerId: string
  at: number
  class: OutcomeClass
  source: OutcomeSource
  latencyMs: number | null
  count: number
  latencies: Histogram | null
}

function countPast(fleet: Fleet, outcome: PastOutcome): void {
  const entry = fleet.entries.get(outcome.providerId)
  if (entry === undefined) return
  const { at, count, latencies, latencyMs } = outcome
  entry.hour.record(outcome, count, latencies)
  if (outcome.source === 'passive') fleet.hour.record(outcome, count, latencies)
  if (latencies !== null) entry.latency.recordAll(at, latencies)
  else if (outcome.class === 'ok' && latencyMs !== null) entry.latency.record(at, latencyMs, count)
}

async function recountOpenings(fleet: Fleet, reader: HistoryReader): Promise<void> {
  const to = fleet.clock.now()
  const query = {
    from: to - DAY_MS,
    to,
    providerId: null,
    model: undefined,
    kinds: ['transition' as const],
    limit: 1_000,
  }
  const openings: { key: string; at: number }[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<HistoryReader['events']>> = await reader.events({ ...query, cursor })
    for (const event of page.items) {
      if (event.kind === 'transition' && event.to === 'open') {
        openings.push({ key: circuitKey(event), at: Date.parse(event.at) })
      }
    }
    cursor = page.nextCursor
  } while (cursor !== null)
  for (const { key, at } of openings.reverse()) {
    const slot = fleet.slots.get(key)
    if (slot !== undefined) rememberOpening(slot, at)
  }
}
