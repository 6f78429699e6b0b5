import type { Candidate } from './candidate.ts'

/** Whose turn it is among a route's members: what each is owed, in the units of its weight. */
export type Turns = { ids: readonly string[]; credits: readonly number[] }

/** The member (its place) whose turn it is, and the turns after it. */
export type Turn = { winner: number; turns: Turns }

/**
 * Smooth weighted round robin as in nginx (commit 52327e0627): each round a member earns its units, the richest is
 * taken and pays the total. Over a cycle each gets exactly its units, spread out evenly. `units` are whole numbers,
 * one a member; those with 0 sit the round out and keep what they are owed. At least one is above 0.
 */
export function takeTurn(turns: Turns | null, members: readonly Candidate[], units: readonly number[]): Turn {
  let total = 0
  for (const unit of units) total += unit
  const held = turns !== null && isOf(turns.ids, members) ? turns : alignTurns(turns, members)
  const credits = held.credits.slice()
  let winner = 0
  let most = Number.NEGATIVE_INFINITY
  for (let place = 0; place < units.length; place += 1) {
    const unit = units[place] ?? 0
    if (unit === 0) continue
    // A debt or a credit of more than one round is left over from greater weights, and would take long to pay.
    const credit = Math.max(-total, Math.min(total, credits[place] ?? 0)) + unit
    credits[place] = credit
    if (credit > most) {
      most = credit
      winner = place
    }
  }
  credits[winner] = most - total
  return { winner, turns: { ids: held.ids, credits } }
}

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
