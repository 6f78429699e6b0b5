import type { Ballot, Choice } from '../ballot.ts'
import type { Candidate } from '../candidate.ts'
import { countText, latencyText } from '../decision-words.ts'
import { placeOfRoll, rampedWeight, weightsOrAlike } from '../shares.ts'

/** What a member without a measurement counts for while its first answer is awaited, ms. */
const AWAITED_MS = 10_000_000

/**
 * Power of two choices (Mitzenmacher 2001) on peak-EWMA latency × requests under way, this one counted, as in
 * Finagle's and Linkerd's balancers. Two members are drawn by weight and the one with less work ahead is taken: one
 * that was never measured at once, but by one request at a time.
 */
export function chooseLowestLatency({ eligible, random }: Ballot): Choice {
  const weights = weightsOrAlike(eligible.map(rampedWeight))
  const first = placeOfRoll(weights, random()) ?? 0
  const second = eligible.length > 1 ? placeOfRoll(weights, random(), first) : null
  const isSecond = second !== null && loadAt(eligible, second) < loadAt(eligible, first)
  const winner = isSecond ? second : first
  const loser = eligible[(isSecond ? first : second) ?? -1] ?? null
  return {
    winner,
    reason: reasonOf(eligible[winner] ?? null, loser),
    reasonCode: 'lowest_latency',
    others: 'not among the two drawn',
    ...(loser === null ? {} : { notes: new Map([[loser, `drawn, but slower: ${wordsOf(loser)}`]]) }),
    scores: eligible.map((member) => (member.peakEwmaMs === null ? null : loadOf(member))),
  }
}

const loadAt = (eligible: readonly Candidate[], place: number): number => {
  const member = eligible[place]
  return member === undefined ? Number.POSITIVE_INFINITY : loadOf(member)
}

function loadOf({ peakEwmaMs, inFlight }: Candidate): number {
  if (peakEwmaMs !== null) return peakEwmaMs * (inFlight + 1)
  return inFlight === 0 ? 0 : AWAITED_MS + inFlight
}

const wordsOf = ({ peakEwmaMs, inFlight }: Candidate): string =>
  peakEwmaMs === null
    ? 'not measured yet'
    : `latency ${latencyText(peakEwmaMs)} with ${countText(inFlight, 'request')} under way`

function reasonOf(winner: Candidate | null, loser: Candidate | null): string {
  if (winner === null) return ''
  return loser === null
    ? wordsOf(winner)
    : `${wordsOf(winner)}, the lower of two (${loser.providerId}: ${wordsOf(loser)})`
}
