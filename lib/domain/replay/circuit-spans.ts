import type { CircuitState } from '../circuit.ts'
import type { Outage } from './outages.ts'
import type { ReplayedTransition } from './simulation.ts'

/** In which state a circuit was from when on. */
type Turn = { at: number; state: CircuitState }
type State = { model: string | null; state: CircuitState }

/** What a provider's circuits did in a range: their states at its beginning and every transition in it. */
export type CircuitCourse = { initial: readonly State[]; transitions: readonly ReplayedTransition[] }

/** The course of circuits within a range, made of how they stood at first and all their transitions since. */
export function courseIn(
  first: readonly State[],
  all: readonly ReplayedTransition[],
  { from, to }: { from: number; to: number },
): CircuitCourse {
  const states = new Map(first.map(({ model, state }) => [model, state]))
  for (const { model, transition } of all) {
    if (transition.at < from) states.set(model, transition.to)
    else if (!states.has(model)) states.set(model, transition.from)
  }
  return {
    initial: Array.from(states, ([model, state]) => ({ model, state })),
    transitions: all.filter(({ transition: { at } }) => at >= from && at < to),
  }
}

function turnsOf({ initial, transitions }: CircuitCourse, from: number): Map<string | null, Turn[]> {
  const turns = new Map(initial.map(({ model, state }) => [model, [{ at: from, state }]]))
  for (const { model, transition } of transitions) {
    turns.get(model)?.push({ at: transition.at, state: transition.to })
  }
  return turns
}

/** How long, in ms, circuits were open between `from` and `to`, and how often they opened; the provider's own, and all its models'. */
export function openTimes(course: CircuitCourse, { from, to }: { from: number; to: number }) {
  const times = { openings: 0, openMs: 0, modelOpenings: 0, modelOpenMs: 0 }
  for (const [model, turns] of turnsOf(course, from)) {
    let openMs = 0
    let openings = 0
    turns.forEach(({ at, state }, index) => {
      if (state !== 'open') return
      if (index > 0) openings += 1
      openMs += (turns[index + 1]?.at ?? to) - at
    })
    if (model === null) Object.assign(times, { openings, openMs })
    else {
      times.modelOpenings += openings
      times.modelOpenMs += openMs
    }
  }
  return times
}

/**
 * How long after an outage's first failure its circuit, or the provider's, was not closed any more, in ms: 0 when it
 * was not when the outage began, null when it stayed closed to its end, or to `to`.
 */
export function detectedAfterMs(course: CircuitCourse, outage: Outage, to: number): number | null {
  const end = outage.to ?? to
  const turns = turnsOf(course, Number.NEGATIVE_INFINITY)
  const concerned = [...new Set([null, outage.model])].map((model) => turns.get(model) ?? [])
  const delays = concerned.flatMap((ofCircuit) =>
    ofCircuit
      .filter(({ state }, index) => state !== 'closed' && (ofCircuit[index + 1]?.at ?? to) > outage.from)
      .filter(({ at }) => at <= end)
      .map(({ at }) => Math.max(0, at - outage.from)),
  )
  return delays.length === 0 ? null : Math.min(...delays)
}
