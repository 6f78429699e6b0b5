import type { Ballot, Choice } from '../ballot.ts'
import { shareText } from '../decision-words.ts'
import { rampedWeight, sharesOf } from '../shares.ts'
import { turnAmong } from './turn-among.ts'

/** Smooth weighted round robin: exact over a cycle; a weight of 0 gets nothing while another has any. */
export function chooseWeighted(ballot: Ballot): Choice {
  const weights = ballot.eligible.map(rampedWeight)
  const { winner, turns } = turnAmong(ballot, weights)
  const shares = sharesOf(weights)
  return {
    winner,
    reason: `its turn by weight, with ${shareText(shares[winner] ?? 0)} of the turns`,
    reasonCode: 'weighted',
    others: 'not its turn',
    weights: shares,
    turns,
  }
}
