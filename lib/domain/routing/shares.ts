import type { Candidate } from './candidate.ts'

/** What a member's weight counts for now: multiplied by what it has back of its share while it ramps up. */
export const rampedWeight = ({ weight, ramp }: Candidate): number => weight * ramp

/** Weights as parts of 1; all alike where nobody has any. */
export function sharesOf(weights: readonly number[]): number[] {
  let total = 0
  for (const weight of weights) total += weight
  return total > 0 ? weights.map((weight) => weight / total) : weights.map(() => 1 / weights.length)
}

/** The place that a roll of 0..1 falls on when each place is as wide as its share; shares add up to 1. */
export function placeOfRoll(shares: readonly number[], roll: number): number {
  let upTo = 0
  let last = 0
  for (let place = 0; place < shares.length; place += 1) {
    const share = shares[place] ?? 0
    if (share === 0) continue
    upTo += share
    if (roll < upTo) return place
    last = place
  }
  // Rounding may leave the sum a hair under 1.
  return last
}
