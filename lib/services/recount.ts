import type { Bucket } from '#lib/contract/check.ts'
import type { Histogram } from '#lib/domain/histogram.ts'
import type { OutcomeClass, OutcomeSource } from '#lib/domain/outcome.ts'
import { COARSE_MS, LONGEST_WINDOW_MS } from './alerts/minute-counts.ts'
import type { WindowCounts } from './alerts/window-counts.ts'
import { circuitKey, rememberOpening } from './circuit-slot.ts'
import type { Fleet } from './fleet.ts'
import type { HistoryReader } from './ports.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const PAGE = 5_000

/** The windows that rules look back on. */
type Windows = Pick<WindowCounts, 'recordCheck' | 'recordPast'>

/**
 * Fills the counts of the last two hours, the windows of alerts and the openings of the last day from history, piece by
 * piece, in the background. What was observed since the start is there already.
 */
export async function recount(fleet: Fleet, reader: HistoryReader, windows: Windows): Promise<void> {
  const startedAt = fleet.clock.now()
  const checksFrom = Math.floor((startedAt - 2 * HOUR_MS) / COARSE_MS) * COARSE_MS
  await Promise.all([
    recountChecks(fleet, reader, { windows, from: checksFrom, startedAt }),
    recountOpenings(fleet, reader),
  ])
  const windowsFrom = Math.floor((startedAt - LONGEST_WINDOW_MS) / COARSE_MS) * COARSE_MS
  await recountWindows(fleet, reader, { windows, from: windowsFrom, to: checksFrom })
}

type Checks = { windows: Windows; from: number; startedAt: number }

async function recountChecks(
  fleet: Fleet,
  reader: HistoryReader,
  { windows, from, startedAt }: Checks,
): Promise<void> {
  for (let afterId = 0; ;) {
    const { rows, lastId } = await reader.checksSince(from, afterId, PAGE)
    for (const row of rows) {
      // What was observed since the start has been counted as it came.
      if (row.class === null || row.at >= startedAt) continue
      countPast(fleet, { ...row, class: row.class })
      windows.recordCheck(row)
    }
    if (rows.length < PAGE) return
    afterId = lastId
  }
}

type Stretch = { windows: Windows; from: number; to: number }

/** What is older than checks are read, as the stretches that it is kept in. */
async function recountWindows(
  fleet: Fleet,
  reader: HistoryReader,
  { windows, from, to }: Stretch,
): Promise<void> {
  for (const providerId of fleet.entries.keys()) {
    const query = { from, to, providerId, model: null, resolutionMs: COARSE_MS, slowMs: null }
    const all = await reader.history({ ...query, source: null })
    for (const { at, ok, byClass } of all.buckets)
      windows.recordPast(providerId, Date.parse(at), { ok, failed: failuresIn(byClass), traffic: 0 })
    const passive = await reader.history({ ...query, source: 'passive' })
    for (const { at, count } of passive.buckets)
      windows.recordPast(providerId, Date.parse(at), { ok: 0, failed: 0, traffic: count })
  }
}

const failuresIn = (byClass: Bucket['byClass']): number =>
  (byClass.provider_error ?? 0) + (byClass.credentials ?? 0)

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
