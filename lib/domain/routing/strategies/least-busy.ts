import type { Ballot, Choice } from '../ballot.ts'
import type { Candidate } from '../candidate.ts'
import { countText } from '../decision-words.ts'
import { rampedWeight } from '../shares.ts'
import { turnAmong } from './turn-among.ts'

/**
 * The fewest requests under way for its weight, this one counted; equals take turns. So a member of weight 2 holds
 * twice the requests of one of weight 1, and one that ramps up as many as its ramp allows.
 */
export function chooseLeastBusy(ballot: Ballot): Choice {
  const { eligible } = ballot
  const isWeightless = !eligible.some((member) => rampedWeight(member) > 0)
  const loads = eligible.map((member) => loadOf(member, isWeightless ? 1 : rampedWeight(member)))
  const least = Math.min(...loads)
  const { winner, turns } = turnAmong(
    ballot,
    loads.map((load) => (load === least ? 1 : 0)),
  )
  return {
    winner,
    reason: reasonOf(eligible[winner]?.inFlight ?? 0, loads.filter((load) => load === least).length),
    reasonCode: 'least_busy',
    others: 'busier for its weight, or not its turn among equals',
    scores: loads.map((load) => (Number.isFinite(load) ? load : null)),
    turns,
  }
}

const loadOf = ({ inFlight }: Candidate, weight: number): number =>
  weight > 0 ? (inFlight + 1) / weight : Number.POSITIVE_INFINITY

const reasonOf = (inFlight: number, equals: number): string =>
  `${countText(inFlight, 'request')} under way, the fewest for its weight` +
  (equals > 1 ? `, in turn with ${equals - 1} as busy` : '')
