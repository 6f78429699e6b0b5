import type { FleetEventRecord, TransitionRecord } from '#lib/contract/circuit.ts'
import type { GhostTransition, Replayed } from '#lib/contract/preview.ts'
import type { CircuitState } from '#lib/domain/circuit.ts'
import { breakerStripView, type BreakerStripView } from './breaker-strip-view.ts'
import type { Zone } from './zoned-time.ts'

/** Which circuit over which time, in epoch ms; `recordedFrom` null: nothing was recorded. */
export type LaneRange = {
  providerId: string
  model: string | null
  from: number
  to: number
  recordedFrom: number | null
  zone: Zone
}

/** What really happened to a circuit in a range, with its overrides; before the records begin nothing is known. */
export function recordedStrip(
  range: LaneRange,
  page: { events: readonly FleetEventRecord[]; initial: readonly FleetEventRecord[]; truncated: boolean },
): BreakerStripView {
  const { recordedFrom, to } = range
  return breakerStripView({
    ...range,
    ...page,
    now: to,
    knownSince: recordedFrom,
    // A circuit without any transition on record is in the state that it began with.
    current: recordedFrom === null ? null : { state: 'closed', since: iso(recordedFrom), override: null },
  })
}

/** What a circuit would have done in a range; all of it that is not closed is a ghost. */
export function replayedStrip(range: LaneRange, replayed: Replayed): BreakerStripView {
  const { providerId, model, from, to, recordedFrom } = range
  const ours = replayed.transitions.filter((transition) => transition.model === model)
  const known = recordedFrom === null ? null : Math.max(from, recordedFrom)
  const state = startOf(replayed, model, ours[0])
  return breakerStripView({
    ...range,
    // Of a list that was cut off nothing is known beyond its last transition.
    now: replayed.truncated ? Date.parse(replayed.transitions.at(-1)?.at ?? iso(to)) : to,
    isGhost: true,
    initial: [],
    events: ours.map((transition, i) => asRecord(transition, `${i}`, providerId)),
    knownSince: known,
    current: known === null ? null : { state, since: iso(known), override: null },
  })
}

const startOf = (
  { initial }: Replayed,
  model: string | null,
  first: GhostTransition | undefined,
): CircuitState => initial.find((circuit) => circuit.model === model)?.state ?? first?.from ?? 'closed'

const iso = (at: number) => new Date(at).toISOString()

const asRecord = (
  { evidence, ...transition }: GhostTransition,
  id: string,
  providerId: string,
): TransitionRecord => ({
  ...transition,
  kind: 'transition',
  id,
  providerId,
  evidence: { ...evidence, lastErrors: [] },
  actor: 'an operator',
  reason: null,
  persisted: true,
})
