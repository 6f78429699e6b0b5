import type { CircuitSnapshot, FleetEventRecord } from '#lib/contract/circuit.ts'
import { compareNames } from '#lib/domain/name-order.ts'
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
  /** How many circuits there are to show; more than `lanes` when there is no room for all. */
  total: number
  /** How many of them changed or were held. */
  changed: number
  /** Events before this were left out; null when none were. */
  leftOutBefore: number | null
  ticks: readonly (TimeTick & { x: number })[]
}

/** A circuit that is to have a lane even when nothing happened to it. */
export type KnownCircuit = Pick<CircuitSnapshot, 'providerId' | 'model' | 'override'>

export type LanesInput = {
  /** What held at `from`, and what happened since, in any order. */
  initial: readonly FleetEventRecord[]
  events: readonly FleetEventRecord[]
  from: number
  to: number
  /** Later than `to` for a window that lies in the past. */
  now: number
  zone: Zone
  mostLanes: number
  /** Whether older events of the range were left out. */
  truncated: boolean
  /** Circuits that have a lane in any case, after those with something to show. */
  known?: readonly KnownCircuit[]
}

const MOST_TICKS = 5
/** Where the axis, 0..1, has room for the zone's name only. */
const ZONE_FROM = 0.9

type Address = { providerId: string | null; model: string | null }

const keyOf = ({ providerId, model }: Address) => `${providerId ?? ''}\n${model ?? ''}`

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
export function lanesView(input: LanesInput): LanesView {
  const { from, to, zone, mostLanes, truncated, known = [] } = input
  const changes = input.events.filter(({ kind }) => kind !== 'action' && kind !== 'marker')
  const busiest = busiestFirst([...input.initial.filter((held) => isHold(held, from)), ...changes])
  const busyKeys = new Set(busiest.map(keyOf))
  const quiet = known.filter((circuit) => !busyKeys.has(keyOf(circuit)))
  const byKey = Map.groupBy(changes, keyOf)
  const initialByKey = Map.groupBy(input.initial, keyOf)
  const overrideOf = new Map(known.map((circuit) => [keyOf(circuit), circuit.override]))
  const all: readonly Address[] = [...busiest, ...quiet]
  const lanes = all.slice(0, mostLanes).map((address) => {
    const key = keyOf(address)
    return laneOf(address, input, {
      initial: initialByKey.get(key) ?? [],
      events: byKey.get(key) ?? [],
      override: overrideOf.get(key) ?? null,
    })
  })
  const ticks = timeTicks({ from, to, zone, about: MOST_TICKS })
  return {
    from,
    to,
    lanes,
    total: all.length,
    changed: busiest.length,
    leftOutBefore: truncated ? Math.min(...input.events.map(({ at }) => Date.parse(at))) : null,
    // The zone's name stands at the end.
    ticks: ticks
      .map((tick) => ({ ...tick, x: (tick.at - from) / (to - from) }))
      .filter(({ x }) => x < ZONE_FROM),
  }
}

/** The circuits that the events are of, those with most events first. */
function busiestFirst(events: readonly FleetEventRecord[]): Address[] {
  return [...Map.groupBy(events, keyOf)]
    .toSorted(([a, ofA], [b, ofB]) => ofB.length - ofA.length || compareNames(a, b))
    .flatMap(([, [first]]) => (first ? [{ providerId: first.providerId, model: first.model }] : []))
}

type Past = Pick<LanesInput, 'initial' | 'events'> & { override: KnownCircuit['override'] }

function laneOf({ providerId, model }: Address, input: LanesInput, past: Past): Lane {
  const { from, to, now, zone, truncated } = input
  const { initial, events, override } = past
  // A circuit begins closed, and stays so without a transition.
  const neverChanged = !truncated && [...initial, ...events].every(({ kind }) => kind !== 'transition')
  return {
    providerId: providerId ?? '',
    model,
    strip: breakerStripView({
      from,
      to,
      now,
      zone,
      providerId: providerId ?? '',
      model,
      initial,
      events,
      current: neverChanged ? { state: 'closed', since: new Date(from).toISOString(), override } : null,
      knownSince: from,
      truncated,
    }),
  }
}
