import type { Monitor, ProviderRow, RecentCheck, StreamEvent } from '#lib/contract/monitor.ts'
import { fleetStats } from '#lib/domain/fleet-stats.ts'
import { isPartial } from '#lib/view/partial-fleet.ts'

const RECENT_LENGTH = 60

/** The snapshot after these events, and whether events are missing in between, so that it must be fetched anew. */
export type Applied = { monitor: Monitor; hasGap: boolean }

/**
 * Lays stream events over a snapshot. Events that it already contains (by `seq`) change nothing; rows that did not
 * change keep their identity, so that only changed rows draw again.
 */
export function applyEvents(monitor: Monitor, events: readonly StreamEvent[]): Applied {
  const { seq, asOf, changed, hasGap } = readEvents(monitor, events)
  const isSame = seq === monitor.seq && asOf === monitor.asOf
  if (changed.size === 0) return { monitor: isSame ? monitor : { ...monitor, seq, asOf }, hasGap }
  const providers = mergeRows(monitor.providers, changed)
  const stats = isPartial(monitor) ? monitor.stats : fleetStats(providers)
  return { monitor: { ...monitor, seq, asOf, stats, providers }, hasGap }
}

type Changes = { seq: number; asOf: string; changed: Map<string, ProviderRow | null>; hasGap: boolean }

function readEvents({ bootId, seq, asOf }: Monitor, events: readonly StreamEvent[]): Changes {
  const changes: Changes = { seq, asOf, changed: new Map(), hasGap: false }
  for (const event of events) {
    const place = placeOf(event, { bootId, seq: changes.seq })
    if (place === 'past') continue
    if (place === 'gap') changes.hasGap = true
    if (event.asOf > changes.asOf) changes.asOf = event.asOf
    if (event.kind !== 'heartbeat') changes.seq = event.seq
    if (event.kind === 'provider') changes.changed.set(event.row.id, event.row)
    if (event.kind === 'provider_removed') changes.changed.set(event.id, null)
  }
  return changes
}

/** Where an event stands to a snapshot: already in it, next, or after something that was missed. */
function placeOf(event: StreamEvent, at: { bootId: string; seq: number }): 'past' | 'next' | 'gap' {
  // A heartbeat may overtake events that are on their way: it is news of the time only.
  if (event.kind === 'heartbeat') return 'next'
  if (event.kind === 'hello' && event.bootId !== at.bootId) return 'gap'
  if (event.seq <= at.seq) return 'past'
  return event.kind !== 'hello' && event.seq === at.seq + 1 ? 'next' : 'gap'
}

function mergeRows(
  rows: readonly ProviderRow[],
  changed: ReadonlyMap<string, ProviderRow | null>,
): ProviderRow[] {
  const known = new Set(rows.map(({ id }) => id))
  const kept = rows.flatMap((row) => {
    const next = changed.get(row.id)
    if (next === undefined) return [row]
    return next === null ? [] : [next]
  })
  const added = [...changed.values()].filter((row) => row !== null && !known.has(row.id))
  return [...kept, ...(added as ProviderRow[])]
}

/** A provider's last checks with a newer one at their end, at most 60; the same array when it is already there. */
export function appendRecent(recent: readonly RecentCheck[], check: RecentCheck): readonly RecentCheck[] {
  const last = recent.at(-1)
  if (last !== undefined && last[0] >= check[0]) return recent
  return [...recent, check].slice(-RECENT_LENGTH)
}
