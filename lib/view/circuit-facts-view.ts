import type { CircuitSnapshot } from '#lib/contract/circuit.ts'
import { formatPercent, inWords, leftWords, plural, spanWords, THIN } from './format.ts'

export type CircuitFact = { name: string; value: string }

/** What there is to know about a circuit now, most urgent first; call it each second for its countdowns. */
export function circuitFacts(
  circuit: CircuitSnapshot,
  limits: { successThreshold: number | null },
  now: number,
): CircuitFact[] {
  const { trips, openings, tripsLast24h } = circuit
  return [
    ...urgentFacts(circuit, limits, now),
    { name: 'Openings in a row', value: openings === 0 ? 'none' : `${openings}${thisOpening(circuit)}` },
    { name: 'Failures in a row', value: failuresWords(circuit) },
    { name: `Window (${spanWords(trips.windowMs)})`, value: windowWords(circuit) },
    { name: 'Trips at', value: tripWords(circuit) },
    { name: 'Openings in 24 h', value: String(tripsLast24h) },
  ]
}

function urgentFacts(
  circuit: CircuitSnapshot,
  limits: { successThreshold: number | null },
  now: number,
): CircuitFact[] {
  const { state, retryAt, cooling, trials } = circuit
  const facts: CircuitFact[] = []
  if (state === 'open' && retryAt !== null)
    facts.push({ name: 'Next trial', value: trialWords(Date.parse(retryAt), now) })
  if (state === 'half_open') {
    const needed = limits.successThreshold === null ? '' : ` of ${limits.successThreshold}`
    facts.push({ name: 'Trials succeeded', value: `${trials.succeeded}${needed}` })
    facts.push({ name: 'Trials in flight', value: `${trials.inFlight} of ${trials.allowed}` })
  }
  if (cooling !== null && Date.parse(cooling.until) > now) {
    facts.push({ name: 'Cooling', value: `${leftWords(Date.parse(cooling.until), now)} left` })
  }
  return facts
}

const failuresWords = ({ consecutiveFailures, trips: { failureThreshold } }: CircuitSnapshot) =>
  consecutiveFailures > failureThreshold
    ? `${consecutiveFailures} (opens at ${failureThreshold})`
    : `${consecutiveFailures} of ${failureThreshold}`

const trialWords = (retryAt: number, now: number) =>
  retryAt <= now ? 'due now' : `in ${leftWords(retryAt, now)}`

function thisOpening({ state, since, retryAt }: CircuitSnapshot): string {
  if (state !== 'open' || retryAt === null) return ''
  return ` · this one ${spanWords(Date.parse(retryAt) - Date.parse(since))}`
}

/** "12 / 21 failed = 57 %"; below the calls that a rate needs it says so and gives none. */
export function windowWords({ window, trips }: Pick<CircuitSnapshot, 'window' | 'trips'>): string {
  if (window.calls === 0) return 'no calls'
  const failed = `${window.failures} / ${window.calls} failed`
  if (window.calls < trips.minCalls) return `${failed} (${window.calls} of ${trips.minCalls} calls)`
  return `${failed} = ${formatPercent(window.failures / window.calls)}`
}

/** "5 in a row, or 50 % of ≥ 10". */
export const tripWords = ({ trips }: Pick<CircuitSnapshot, 'trips'>): string =>
  `${trips.failureThreshold} in a row, or ${formatPercent(trips.failureRate)} of ≥${THIN}${trips.minCalls}`

/** "open for 1 min 22 s"; what a circuit is now and since when. */
export const circuitAge = ({ state, since }: Pick<CircuitSnapshot, 'state' | 'since'>, now: number): string =>
  `${inWords(state)} for ${spanWords(now - Date.parse(since))}`

/** A model's circuit in a line: "open, next trial in 38 s" or its window. */
export function modelCircuitLine(circuit: CircuitSnapshot, now: number): string {
  const { state, override, cooling, retryAt, tripsLast24h } = circuit
  if (override !== null) return `${inWords(override.mode)} by ${override.actor}, automatic ${inWords(state)}`
  if (state === 'open' && retryAt !== null) return `next trial ${trialWords(Date.parse(retryAt), now)}`
  if (cooling !== null && Date.parse(cooling.until) > now)
    return `cooling, ${leftWords(Date.parse(cooling.until), now)} left`
  const trips = tripsLast24h === 0 ? '' : ` · ${plural(tripsLast24h, 'opening')} in 24 h`
  return `${windowWords(circuit)}${trips}`
}
