import type { CircuitSnapshot } from '#lib/contract/circuit.ts'
import type { CircuitState } from '#lib/domain/circuit.ts'
import type { EffectiveState } from '#lib/contract/circuit.ts'
import { compareNames } from '#lib/domain/name-order.ts'
import { inARow } from '#lib/domain/health-words.ts'
import { capitalise, formatPercent, inWords, plural, spanWords } from './format.ts'
import { keepUnits } from './keep-units.ts'

/** A circuit with the name of its provider, as the list of circuits shows it. */
export type NamedCircuit = CircuitSnapshot & { name: string }

/** How much of the way to its next state a circuit has gone, in words; null where there is no such way. */
export type CircuitProgress = { before: string; until: string | null; after: string }

/** A circuit's row, ready to draw; what depends on the time is left to the second hand. */
export type CircuitRowView = {
  key: string
  automatic: { icon: CircuitState; words: string }
  /** What a request meets now; null when it is what the automatic state says. */
  effective: { icon: EffectiveState | 'override'; words: string } | null
  /** Counts and rate, and what would trip the circuit; null without calls. */
  window: { text: string; tripsAt: string } | null
  /** All that would trip it. */
  limits: string
  progress: CircuitProgress | null
  trips: string
}

/** The address of a circuit as one text. */
export const circuitKey = ({ providerId, model }: Pick<CircuitSnapshot, 'providerId' | 'model'>): string =>
  model === null ? providerId : `${providerId}/${model}`

const EFFECTIVE_WORDS: Record<EffectiveState, string> = {
  closed: 'admits all',
  open: 'admits nothing',
  half_open: 'admits trials',
  cooling: 'admits nothing',
}

/** What a row of the circuits' list shows. `successThreshold`: trials that close it; null while it is not known. */
export function circuitRowView(circuit: NamedCircuit, successThreshold: number | null): CircuitRowView {
  return {
    key: circuitKey(circuit),
    automatic: { icon: circuit.state, words: capitalise(inWords(circuit.state)) },
    effective: effectiveWords(circuit),
    window: windowShare(circuit),
    limits: `Trips at ${formatPercent(circuit.trips.failureRate)} of at least ${plural(circuit.trips.minCalls, 'call')} in ${spanWords(circuit.trips.windowMs)}, or at ${inARow(circuit.trips.failureThreshold)}`,
    progress: progressOf(circuit, successThreshold),
    trips: circuit.tripsLast24h === 0 ? 'none' : plural(circuit.tripsLast24h, 'opening'),
  }
}

function effectiveWords({ state, effective, override }: CircuitSnapshot): CircuitRowView['effective'] {
  if (override !== null) {
    const words = `${capitalise(inWords(override.mode))}: ${EFFECTIVE_WORDS[effective]}`
    return { icon: 'override', words }
  }
  if (effective === state) return null
  return { icon: effective, words: `${capitalise(inWords(effective))}: ${EFFECTIVE_WORDS[effective]}` }
}

/** `12/40 = 30 %`; without a rate while there are too few calls for one. */
function windowShare({ window, trips }: CircuitSnapshot): CircuitRowView['window'] {
  if (window.calls === 0) return null
  const counts = `${window.failures}/${window.calls}`
  const isEnough = window.calls >= trips.minCalls
  return {
    text: isEnough ? `${counts} = ${formatPercent(window.failures / window.calls)}` : counts,
    tripsAt: isEnough ? `trips at ${formatPercent(trips.failureRate)}` : `no rate below ${trips.minCalls}`,
  }
}

function progressOf(circuit: CircuitSnapshot, successThreshold: number | null): CircuitProgress | null {
  const { state, retryAt, cooling, trials } = circuit
  if (state === 'half_open') {
    const needed = successThreshold === null ? '' : ` of ${successThreshold}`
    const inFlight = trials.inFlight === 0 ? '' : `, ${trials.inFlight} of ${trials.allowed} trying`
    return { before: `${trials.succeeded}${needed} trials succeeded${inFlight}`, until: null, after: '' }
  }
  if (state === 'open' && retryAt !== null) return { before: 'next trial in ', until: retryAt, after: '' }
  if (cooling !== null)
    return { before: 'cooling, ', until: cooling.until, after: ` left: ${keepUnits(cooling.reason)}` }
  if (circuit.consecutiveFailures > 0) {
    const { consecutiveFailures, trips } = circuit
    return {
      before: `${consecutiveFailures} of ${trips.failureThreshold} failures in a row`,
      until: null,
      after: '',
    }
  }
  return null
}

const STATE_RANK: Record<CircuitState, number> = { open: 0, half_open: 1, closed: 4 }

/** How urgently a circuit wants a look; 0 is most. */
function rank(circuit: CircuitSnapshot): number {
  if (circuit.override !== null) return Math.min(STATE_RANK[circuit.state], 2)
  if (circuit.effective === 'cooling') return Math.min(STATE_RANK[circuit.state], 3)
  return STATE_RANK[circuit.state]
}

/** Circuits that are open, held or cooling first, then those that tripped lately; ties by name. */
export function orderCircuits(circuits: readonly NamedCircuit[]): NamedCircuit[] {
  return circuits.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      b.tripsLast24h - a.tripsLast24h ||
      compareNames(a.name, b.name) ||
      compareNames(a.model ?? '', b.model ?? ''),
  )
}

/** Whether a circuit is anything but simply closed. */
export const isNotable = ({ state, effective, override }: CircuitSnapshot): boolean =>
  state !== 'closed' || effective !== 'closed' || override !== null

/** Whether any circuit is open or held, in one sentence. */
export function circuitsHeadline(circuits: readonly NamedCircuit[]): string {
  const open = circuits.filter(({ state }) => state === 'open')
  const held = circuits.filter(({ override }) => override !== null)
  const trying = circuits.filter(({ state }) => state === 'half_open')
  const cooling = circuits.filter(({ effective, override }) => effective === 'cooling' && override === null)
  const counts: readonly [count: number, state: string][] = [
    [open.length, 'open'],
    [trying.length, 'half-open'],
    [cooling.length, 'cooling'],
    [held.length, 'held by operators'],
  ]
  const [first, ...rest] = counts.filter(([count]) => count > 0)
  if (circuits.length === 0) return 'No circuit yet'
  if (first === undefined)
    return circuits.length === 1 ? 'The circuit is closed' : `All ${circuits.length} circuits are closed`
  const head = `${first[0]} of ${plural(circuits.length, 'circuit')} ${first[0] === 1 ? 'is' : 'are'} ${first[1]}`
  return [head, ...rest.map(([count, state]) => `${count} ${state}`)].join(', ')
}
