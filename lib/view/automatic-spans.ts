import type { TransitionRecord } from '#lib/contract/circuit.ts'
import type { BreakerStripInput, StripState } from './breaker-strip-view.ts'

/** A stretch in one automatic state; `began` is the transition that led into it, null when that is not on record. */
export type AutomaticSpan = {
  state: StripState
  from: number
  to: number
  ongoing: boolean
  began: TransitionRecord | null
}

/** The automatic states from the range's begin to `end`, without a hole; its events must be oldest first. */
export function automaticSpans(input: BreakerStripInput, end: number): AutomaticSpan[] {
  const changes = changesOf(input).filter(({ at }) => at < end)
  return changes
    .map(({ at, state, began }, i): AutomaticSpan => {
      const next = changes[i + 1]
      return {
        state,
        began,
        from: Math.max(at, input.from),
        to: next?.at ?? end,
        ongoing: next === undefined && end === input.now && state !== 'unknown',
      }
    })
    .filter((span, i) => span.to > Math.max(span.from, input.from) || (i > 0 && span.to >= span.from))
}

type Change = { at: number; state: StripState; began: TransitionRecord | null }

/** Every change of state in the range, the state at its begin first; a reset that changes nothing is no change. */
function changesOf(input: BreakerStripInput): Change[] {
  const transitions = input.events.filter((event) => event.kind === 'transition')
  const changes = startOf(input, transitions[0] ?? null)
  for (const transition of transitions) {
    if (changes.at(-1)?.state === transition.to) continue
    changes.push({ at: Date.parse(transition.at), state: transition.to, began: transition })
  }
  return changes
}

function startOf(input: BreakerStripInput, first: TransitionRecord | null): Change[] {
  const unknown: Change = { at: input.from, state: 'unknown', began: null }
  if (input.truncated) return [unknown]
  const before = input.initial.filter((event) => event.kind === 'transition').at(-1)
  if (before) return [{ at: input.from, state: before.to, began: before }]
  const existed = existedSince(input, first)
  if (existed === null) return [unknown]
  const known: Change = { at: Math.max(input.from, existed.at), state: existed.state, began: null }
  return existed.at > input.from ? [unknown, known] : [known]
}

/** With no earlier transition on record, the circuit was in the state that its first one left, or is in now. */
function existedSince(
  { knownSince, current }: BreakerStripInput,
  first: TransitionRecord | null,
): { at: number; state: StripState } | null {
  if (first) return knownSince === null ? null : { at: knownSince, state: first.from }
  if (!current) return null
  const since = Date.parse(current.since)
  return { at: Math.min(since, knownSince ?? since), state: current.state }
}
