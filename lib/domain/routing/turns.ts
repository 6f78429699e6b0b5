import type { Candidate } from './candidate.ts'

/** Whose turn it is among a route's members: how many turns each is owed, or has had too many. */
export type Turns = { ids: readonly string[]; owed: readonly number[] }

/** Those who may have the turn: `places` (among the members) and `shares`, which add up to 1, are parallel. */
export type Contest = {
  members: readonly Candidate[]
  places: readonly number[]
  shares: readonly number[]
}

/** What is owed counts for equal up to here: sums of thirds must not decide who comes first. */
const SAME = 1e-9

/**
 * Who has the turn, as a place in `places`, and the turns after it. Smooth weighted round robin as in nginx (commit
 * 52327e0627), in parts of a turn instead of weights: each round every contestant is owed its share, and the one that
 * is owed most has the turn. So over a cycle each has exactly its share, spread out evenly, and also where contestants
 * come and go nobody is ever far from what is due. A share of 0 has no turn while another has any.
 */
export function takeTurn(turns: Turns | null, { members, places, shares }: Contest): [number, Turns] {
  const held = turns !== null && isOf(turns.ids, members) ? turns : alignTurns(turns, members)
  const owed = held.owed.slice()
  let winner = 0
  let most = Number.NEGATIVE_INFINITY
  shares.forEach((share, i) => {
    if (share === 0) return
    const place = places[i] ?? 0
    const now = (owed[place] ?? 0) + share
    owed[place] = now
    if (now <= most + SAME) return
    most = now
    winner = i
  })
  owed[places[winner] ?? 0] = most - 1
  return [winner, { ids: held.ids, owed }]
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
  const owed = ids.map((id) => turns?.owed[turns.ids.indexOf(id)] ?? 0)
  return { ids, owed }
}
