import type { FleetEventRecord } from '#lib/contract/circuit.ts'
import type { Zone } from './zoned-time.ts'
import { breakerStripView, type BreakerStripView } from './breaker-strip-view.ts'
import { timeTicks, type TimeTick } from './time-grid.ts'

/** One circuit's lane on the fleet's timeline. */
export type Lane = { providerId: string; model: string | null; strip: BreakerStripView }

/** The fleet's timeline: the circuits with something to show, those with most to show first, and one axis. */
export type LanesView = {
  from: number
  to: number
  lanes: readonly Lane[]
  /** How many circuits have something to show; more than `lanes` when there is no room for all. */
  total: number
  ticks: readonly (TimeTick & { x: number })[]
}

export type LanesInput = {
  /** What held at `from`, and what happened since, in any order. */
  initial: readonly FleetEventRecord[]
  events: readonly FleetEventRecord[]
  from: number
  now: number
  zone: Zone
  mostLanes: number
  /** Whether older events of the range were left out. */
  truncated: boolean
}

const MOST_TICKS = 5
/** Where the axis, 0..1, has room for the zone's name only. */
const ZONE_FROM = 0.9

const keyOf = ({ providerId, model }: FleetEventRecord) => `${providerId ?? ''}\n${model ?? ''}`

/** Whether the event says that a circuit is not simply closed from then on. */
function isHold(event: FleetEventRecord, from: number): boolean {
  switch (event.kind) {
    case 'transition':
      return event.to !== 'closed'
    case 'override':
      return event.phase === 'set' && Date.parse(event.override.until) > from
    case 'cooling':
      return Date.parse(event.until) > from
    case 'action':
    case 'marker':
      return false
  }
}

/** Puts every circuit that changed, or was held, in the range on a lane of its own, so that a shared outage lines up. */
export function lanesView({ initial, events, from, now, zone, mostLanes, truncated }: LanesInput): LanesView {
  const changes = events.filter(({ kind }) => kind !== 'action' && kind !== 'marker')
  const counts = new Map<string, { event: FleetEventRecord; count: number }>()
  for (const event of [...initial.filter((held) => isHold(held, from)), ...changes]) {
    const seen = counts.get(keyOf(event))
    counts.set(keyOf(event), { event, count: (seen?.count ?? 0) + 1 })
  }
  const busiest = [...counts.values()].toSorted(
    (a, b) => b.count - a.count || keyOf(a.event).localeCompare(keyOf(b.event), 'en'),
  )
  const byKey = Map.groupBy(changes, keyOf)
  const initialByKey = Map.groupBy(initial, keyOf)
  const lanes = busiest.slice(0, mostLanes).map(({ event }): Lane => {
    const { providerId, model } = event
    const key = keyOf(event)
    const known = [...(initialByKey.get(key) ?? []), ...(byKey.get(key) ?? [])]
    // A circuit begins closed, and stays so without a transition.
    const neverChanged = !truncated && known.every(({ kind }) => kind !== 'transition')
    return {
      providerId: providerId ?? '',
      model,
      strip: breakerStripView({
        from,
        to: now,
        now,
        zone,
        providerId: providerId ?? '',
        model,
        initial: initialByKey.get(key) ?? [],
        events: byKey.get(key) ?? [],
        current: neverChanged
          ? { state: 'closed', since: new Date(from).toISOString(), override: null }
          : null,
        knownSince: from,
        truncated,
      }),
    }
  })
  const ticks = timeTicks({ from, to: now, zone, about: MOST_TICKS })
  return {
    from,
    to: now,
    lanes,
    total: busiest.length,
    // The zone's name stands at the end.
    ticks: ticks
      .map((tick) => ({ ...tick, x: (tick.at - from) / (now - from) }))
      .filter(({ x }) => x < ZONE_FROM),
  }
}
