import type { Ballot, Choice } from '../ballot.ts'
import { sharesOf } from '../shares.ts'
import { takeTurn } from '../turns.ts'

/** One after the other whatever their weights; a ramping member is passed over as often as its ramp says. */
export function chooseRoundRobin({ eligible, members, places, turns }: Ballot): Choice {
  const weights = eligible.map(({ ramp }) => ramp)
  const [winner, after] = takeTurn(turns, { members, places, weights })
  return {
    winner,
    reason: `next in turn of ${eligible.length} eligible`,
    reasonCode: 'round_robin',
    others: 'not its turn',
    weights: sharesOf(weights),
    turns: after,
  }
}
