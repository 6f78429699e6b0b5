import type { Ballot, Choice } from '../ballot.ts'
import { sharesOf } from '../shares.ts'
import { turnAmong } from './turn-among.ts'

/** One after the other whatever their weights; a ramping member is passed over as often as its ramp says. */
export function chooseRoundRobin(ballot: Ballot): Choice {
  const weights = ballot.eligible.map(({ ramp }) => ramp)
  const { winner, turns } = turnAmong(ballot, weights)
  return {
    winner,
    reason: `next in turn of ${ballot.eligible.length} eligible`,
    reasonCode: 'round_robin',
    others: 'not its turn',
    weights: sharesOf(weights),
    turns,
  }
}
