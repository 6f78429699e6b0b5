import type { Candidate } from './candidate.ts'

/** What a member's weight counts for now: multiplied by what it has back of its share while it ramps up. */
export const rampedWeight = ({ weight, ramp }: Candidate): number => weight * ramp

/** The weights as they are, or all alike where nobody has any. */
export const weightsOrAlike = (weights: readonly number[]): readonly number[] =>
  weights.some((weight) => weight > 0) ? weights : weights.map(() => 1)

/** Weights as parts of 1; all alike where nobody has any. */
export function sharesOf(weights: readonly number[]): number[] {
  const total = totalOf(weights)
  return weights.map(total > 0 ? (weight) => weight / total : () => 1 / weights.length)
}

/**
 * The place that a roll of 0..1 falls on when each place is as wide as its weight, the one of `except` left out; null
 * where nothing is left to fall on.
 */
export function placeOfRoll(weights: readonly number[], roll: number, except = -1): number | null {
  const aim = roll * (totalOf(weights) - (weights[except] ?? 0))
  let upTo = 0
  let last: number | null = null
  for (let place = 0; place < weights.length; place += 1) {
    const weight = weights[place] ?? 0
    if (weight <= 0 || place === except) continue
    upTo += weight
    if (aim < upTo) return place
    last = place
  }
  // Rounding may leave the sum a hair short of the aim.
  return last
}

/** The sum of the weights. */
export function totalOf(weights: readonly number[]): number {
  let total = 0
  for (const weight of weights) total += weight
  return total
}
