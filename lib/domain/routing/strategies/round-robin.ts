import type { Ballot, Choice } from '../ballot.ts'
import { sharesOf } from '../shares.ts'
import { takeTurn } from '../turns.ts'

/** One after the other whatever their weights; a ramping member is passed over as often as its ramp says. */
export function chooseRoundRobin({ eligible, members, places, turns }: Ballot): Choice {
  const shares = sharesOf(eligible.map(({ ramp }) => ramp))
  const [winner, after] = takeTurn(turns, { members, places, shares })
  return {
    winner,
    reason: `next in turn of ${eligible.length} eligible`,
    reasonCode: 'round_robin',
    others: 'not its turn',
    weights: shares,
    turns: after,
  }
}
