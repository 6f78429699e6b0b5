import type { Ballot } from '../ballot.ts'
import { takeTurn, type Turns } from '../turns.ts'

// Whole thousandths: sums of fractions would drift, and a cycle would not be exact.
const UNITS = 1_000

/** The eligible member (its place there) whose turn it is by weight; all alike where nobody has any. */
export function turnAmong(
  { eligible, places, members, turns }: Pick<Ballot, 'eligible' | 'places' | 'members' | 'turns'>,
  weights: readonly number[],
): { winner: number; turns: Turns } {
  const units = new Array<number>(members.length).fill(0)
  const isWeightless = !weights.some((weight) => weight > 0)
  for (let i = 0; i < eligible.length; i += 1) {
    units[places[i] ?? 0] = isWeightless ? 1 : unitsOf(weights[i] ?? 0)
  }
  const turn = takeTurn(turns, members, units)
  return { winner: places.indexOf(turn.winner), turns: turn.turns }
}

const unitsOf = (weight: number): number => (weight > 0 ? Math.max(1, Math.round(weight * UNITS)) : 0)
