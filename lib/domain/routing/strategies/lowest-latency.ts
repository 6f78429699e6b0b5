import type { Ballot, Choice } from '../ballot.ts'
import type { Candidate } from '../candidate.ts'
import { countText, latencyText } from '../decision-words.ts'
import { placeOfRoll, rampedWeight, sharesOf } from '../shares.ts'

/** What a member without a measurement counts for while its first answer is awaited, ms. */
const AWAITED_MS = 10_000_000

/**
 * Power of two choices (Mitzenmacher 2001) on peak-EWMA latency × requests under way, this one counted, as in
 * Finagle's and Linkerd's balancers. Two members are drawn by weight and the one with less work ahead is taken: one
 * that was never measured at once, but by one request at a time.
 */
export function chooseLowestLatency(ballot: Ballot): Choice {
  const { eligible, random } = ballot
  const shares = sharesOf(eligible.map(rampedWeight))
  const first = placeOfRoll(shares, random())
  const second = eligible.length > 1 ? secondOf(shares, first, random()) : null
  const loads = eligible.map(loadOf)
  const winner = second !== null && (loads[second] ?? 0) < (loads[first] ?? 0) ? second : first
  const loser = winner === first ? second : first
  return {
    winner,
    reason: reasonOf(eligible[winner], loser === null ? null : eligible[loser]),
    reasonCode: 'lowest_latency',
    others: 'not among the two drawn',
    notes: notesOf(loser === null ? undefined : eligible[loser]),
    scores: eligible.map(({ peakEwmaMs }, i) => (peakEwmaMs === null ? null : (loads[i] ?? null))),
  }
}

function loadOf({ peakEwmaMs, inFlight }: Candidate): number {
  if (peakEwmaMs !== null) return peakEwmaMs * (inFlight + 1)
  return inFlight === 0 ? 0 : AWAITED_MS + inFlight
}

/** Another place than the first, drawn by the shares of the others; null where no other has a share. */
function secondOf(shares: readonly number[], first: number, roll: number): number | null {
  const rest = shares.map((share, place) => (place === first ? 0 : share))
  if (!rest.some((share) => share > 0)) return null
  return placeOfRoll(sharesOf(rest), roll)
}

const wordsOf = ({ peakEwmaMs, inFlight }: Candidate): string =>
  peakEwmaMs === null
    ? 'not measured yet'
    : `latency ${latencyText(peakEwmaMs)} with ${countText(inFlight, 'request')} under way`

function reasonOf(winner: Candidate | undefined, loser: Candidate | null | undefined): string {
  if (winner === undefined) return ''
  return loser === null || loser === undefined
    ? wordsOf(winner)
    : `${wordsOf(winner)}, the lower of two (${loser.providerId}: ${wordsOf(loser)})`
}

const notesOf = (loser: Candidate | undefined): ReadonlyMap<Candidate, string> =>
  new Map(loser === undefined ? [] : [[loser, `drawn, but slower: ${wordsOf(loser)}`]])
