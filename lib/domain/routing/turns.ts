import type { Candidate } from './candidate.ts'
import { totalOf, weightsOrAlike } from './shares.ts'

/** Whose turn it is among a route's members: what each is owed, in thousandths of its weight. */
export type Turns = { ids: readonly string[]; credits: readonly number[] }

/** Those who may have the turn: `weights` and `places` (among the members) are parallel. */
export type Contest = {
  members: readonly Candidate[]
  places: readonly number[]
  weights: readonly number[]
}

// Whole thousandths: sums of fractions would drift, and a cycle would not be exact.
const UNITS = 1_000

/**
 * Who has the turn, as a place in `places`, and the turns after it. Smooth weighted round robin as in nginx (commit
 * 52327e0627): each round every contestant earns its weight, the richest is taken and pays what all earned. So over a
 * cycle each gets exactly its share, spread out evenly. Who is not in the contest keeps what it is owed; a weight of 0
 * has no turn while another has any.
 */
export function takeTurn(turns: Turns | null, { members, places, weights }: Contest): [number, Turns] {
  const held = turns !== null && isOf(turns.ids, members) ? turns : alignTurns(turns, members)
  const credits = held.credits.slice()
  const units = weightsOrAlike(weights).map(unitsOf)
  const total = totalOf(units)
  let winner = 0
  let most = Number.NEGATIVE_INFINITY
  units.forEach((unit, i) => {
    if (unit === 0) return
    const place = places[i] ?? 0
    // A debt or a credit of more than one round is left over from greater weights, and would take long to pay.
    const credit = Math.max(-total, Math.min(total, credits[place] ?? 0)) + unit
    credits[place] = credit
    if (credit <= most) return
    most = credit
    winner = i
  })
  credits[places[winner] ?? 0] = most - total
  return [winner, { ids: held.ids, credits }]
}

const unitsOf = (weight: number): number => (weight > 0 ? Math.max(1, Math.round(weight * UNITS)) : 0)

function isOf(ids: readonly string[], members: readonly Candidate[]): boolean {
  if (ids.length !== members.length) return false
  for (let place = 0; place < ids.length; place += 1) {
    if (ids[place] !== members[place]?.providerId) return false
  }
  return true
}

/** The turns of a route whose members have changed: those that stayed keep what they are owed. */
function alignTurns(turns: Turns | null, members: readonly Candidate[]): Turns {
  const ids = members.map(({ providerId }) => providerId)
  const credits = ids.map((id) => turns?.credits[turns.ids.indexOf(id)] ?? 0)
  return { ids, credits }
}
