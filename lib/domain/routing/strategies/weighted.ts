import type { Ballot, Choice } from '../ballot.ts'
import { shareText } from '../decision-words.ts'
import { rampedWeight, sharesOf } from '../shares.ts'
import { takeTurn } from '../turns.ts'

/** Smooth weighted round robin: exact over a cycle; a weight of 0 gets nothing while another has any. */
export function chooseWeighted({ eligible, members, places, turns }: Ballot): Choice {
  const shares = sharesOf(eligible.map(rampedWeight))
  const [winner, after] = takeTurn(turns, { members, places, shares })
  return {
    winner,
    reason: `its turn by weight, with ${shareText(shares[winner] ?? 0)} of the turns`,
    reasonCode: 'weighted',
    others: 'not its turn',
    weights: shares,
    turns: after,
  }
}
