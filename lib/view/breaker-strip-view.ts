import type { CircuitSnapshot, FleetEventRecord } from '#lib/contract/circuit.ts'
import type { CircuitState, OverrideMode } from '#lib/domain/circuit.ts'
import { automaticSpans } from './automatic-spans.ts'
import { causeWords, eventWords } from './event-words.ts'
import { capitalise, inWords, needsDay, spanWords } from './format.ts'
import { coolingSpans, overrideSpans } from './override-spans.ts'
import { asShadow, withShadow } from './shadow-spans.ts'
import { momentWords, type Zone } from './zoned-time.ts'

/** `unknown` before the first state that is on record. */
export type StripState = CircuitState | 'unknown'

/** A stretch of the strip; `x` and `width` are shares of its length, 0..1. `ongoing`: it has not ended yet. */
export type StripStretch = {
  from: number
  to: number
  x: number
  width: number
  ongoing: boolean
  title: string
}
/** `shadow`: under a shadow override it only would have been open or half-open; calls were admitted. */
export type StripSegment = StripStretch & { state: StripState; shadow: boolean }
export type StripOverride = StripStretch & { mode: OverrideMode }

/** One happening on the strip, for stepping through with the keyboard. */
export type StripEvent = { id: string; at: number; x: number; label: string }

/**
 * A breaker strip, ready to draw. `segments` are in order of time; `painted` are the same, longest first, so that
 * a short one is drawn over its neighbours and never vanishes; of many that fall on one pixel one is enough.
 */
export type BreakerStripView = {
  from: number
  to: number
  segments: readonly StripSegment[]
  painted: readonly StripSegment[]
  overrides: readonly StripOverride[]
  coolings: readonly StripStretch[]
  events: readonly StripEvent[]
  summary: string
}

/** What a strip is made of. `events` may come in any order and may be of other circuits too: those are left out. */
export type BreakerStripInput = {
  from: number
  to: number
  now: number
  zone: Zone
  providerId: string
  model: string | null
  /** What held at `from`. */
  initial: readonly FleetEventRecord[]
  events: readonly FleetEventRecord[]
  /** The circuit as it stands; null when it is not known. */
  current: Pick<CircuitSnapshot, 'state' | 'since' | 'override'> | null
  /** Since when the circuit exists; null: nothing is drawn before its first state on record. */
  knownSince: number | null
  /** Whether older events of the range were left out by paging. */
  truncated?: boolean
  /** Whether none of it happened: all of it only would have. */
  isGhost?: boolean
}

/** The states of one circuit over time, its overrides and its cooling, with every opening however short. */
export function breakerStripView(input: BreakerStripInput): BreakerStripView {
  const { from, to, now, zone } = input
  const isOurs = (event: FleetEventRecord) =>
    !isOfNoCircuit(event) && event.providerId === input.providerId && event.model === input.model
  const ours = {
    ...input,
    initial: input.initial.filter(isOurs),
    events: oldestFirst(input.events.filter(isOurs)),
  }
  const end = Math.min(to, now)
  const place = placer(from, to)
  const moment = (at: number) => momentWords(at, zone, needsDay(from, now))
  const stretch = (span: { from: number; to: number; ongoing: boolean }, words: string): StripStretch => ({
    ...span,
    ...place(span.from, span.to),
    title: `${words}, ${periodWords(span, moment)}`,
  })

  const held = overrideSpans(ours, end)
  const spans = automaticSpans(ours, end)
  const segments = (input.isGhost ? asShadow(spans) : withShadow(spans, held)).map(
    ({ state, began, shadow, ...span }): StripSegment => {
      const word = shadow ? `Would have been ${inWords(state)}` : titleWord(state)
      return { ...stretch(span, began ? `${word} (${causeWords(began)})` : word), state, shadow }
    },
  )
  const overrides = held.map(({ override, ...span }): StripOverride => ({
    ...stretch(span, `${capitalise(inWords(override.mode))} by ${override.actor}: ${override.reason}`),
    mode: override.mode,
  }))
  return {
    from,
    to,
    segments,
    painted: paintedOf(segments),
    overrides,
    coolings: coolingSpans(ours, end).map(({ reason, ...span }) => stretch(span, `Cooling: ${reason}`)),
    events: ours.events
      .filter((event) => within(Date.parse(event.at), from, to))
      .map((event) => {
        const at = Date.parse(event.at)
        const label = `${moment(at)} ${eventWords(event)}`
        return { id: event.id, at, x: place(at, at).x, label }
      }),
    summary: summaryOf(segments, overrides, input.isGhost ?? false),
  }
}

const isOfNoCircuit = ({ kind }: FleetEventRecord) => kind === 'action' || kind === 'marker'

const within = (at: number, from: number, to: number) => at >= from && at <= to

const oldestFirst = (events: readonly FleetEventRecord[]) =>
  events.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1))

/** Turns times into shares of the range; what lies outside is cut off at its ends. */
function placer(from: number, to: number) {
  const share = (at: number) => Math.min(1, Math.max(0, (at - from) / Math.max(1, to - from)))
  return (start: number, end: number) => ({ x: share(start), width: Math.max(0, share(end) - share(start)) })
}

function periodWords(
  span: { from: number; to: number; ongoing: boolean },
  moment: (at: number) => string,
): string {
  const length = spanWords(span.to - span.from)
  return span.ongoing
    ? `since ${moment(span.from)} (${length})`
    : `${moment(span.from)} to ${moment(span.to)} (${length})`
}

const titleWord = (state: StripState) =>
  state === 'unknown' ? 'No state on record' : capitalise(inWords(state))

function summaryOf(
  segments: readonly StripSegment[],
  overrides: readonly StripOverride[],
  isGhost: boolean,
): string {
  const known = segments.filter(({ state }) => state !== 'unknown')
  const last = known.at(-1)
  if (!last) return 'No state of this circuit is on record in this range.'
  const open = known.filter(({ state }) => state === 'open')
  const lastOverride = overrides.at(-1)
  const isOneState = known.every(({ state, shadow }) => state === last.state && shadow === last.shadow)
  const facts = [
    isOneState
      ? `${last.shadow ? 'Would have been ' : ''}${inWords(last.state)} throughout`
      : openingsWords(open, isGhost),
    isOneState
      ? null
      : `${last.shadow ? 'would be ' : ''}${inWords(last.state)} ${last.ongoing ? 'now' : 'at the end'}`,
    lastOverride
      ? `${lastOverride.mode === 'shadow' ? 'in shadow' : inWords(lastOverride.mode)} for a part of it`
      : null,
  ]
  return `${capitalise(facts.filter((fact) => fact !== null).join('; '))}.`
}

function openingsWords(all: readonly StripSegment[], isGhost: boolean): string {
  const open = all.filter(({ shadow }) => !shadow)
  const shadow = all.filter((segment) => segment.shadow)
  const real = open.length === 0 ? 'Never open' : `Open ${timesWords(open)}`
  if (isGhost && shadow.length > 0) return `Would have opened ${timesWords(shadow)}`
  return shadow.length === 0 ? real : `${real}; would have opened ${timesWords(shadow)}`
}

function timesWords(open: readonly StripSegment[]): string {
  const openMs = open.reduce((sum, { from, to }) => sum + (to - from), 0)
  return `${open.length === 1 ? 'once' : `${open.length} times`}, ${spanWords(openMs)} in all`
}

/** About a pixel of a wide screen; nothing is drawn narrower. */
const PIXEL = 1 / 1_500

/** Longest first; of the short ones in one state on one pixel only the first. */
function paintedOf(segments: readonly StripSegment[]): StripSegment[] {
  const drawn = new Set<string>()
  return segments
    .filter(({ x, width, state, shadow }) => {
      if (width >= PIXEL) return true
      const place = `${state} ${shadow} ${Math.floor(x / PIXEL)}`
      return !drawn.has(place) && drawn.add(place)
    })
    .toSorted((a, b) => b.width - a.width)
}
